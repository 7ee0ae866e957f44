internal import SQL
internal import SolutionStore

/// How large an environment was and is, in bytes.
package struct Compacted: Equatable, Sendable {
  package let before: Int
  package let after: Int
  /// Whether somebody still reads what was there before, so that it is smaller only when they have done.
  package let isHeld: Bool
}

extension Lifecycle {
  /// Gives back the space that purged data has left.
  ///
  /// It is no operation: nothing that can be asked for changes.
  ///
  /// - Throws: `LifecycleError.busy`, `SQLError`, `CancellationError`; the environment is as it was then.
  package func compact() async throws -> Compacted {
    let claim = try await claim(for: "compact")
    defer { withExtendedLifetime(claim) {} }
    Failpoint.hit("claimed")
    let size = try await store.database.compact()
    Failpoint.hit("committed")
    return Compacted(before: size.before, after: size.after, isHeld: size.isHeld)
  }
}
