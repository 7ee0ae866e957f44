package import SQL
internal import SolutionStore
package import Solutions

extension Lifecycle {
  /// Copies the whole environment into an empty database, as it is at one moment: who works here goes on.
  ///
  /// - Parameters:
  ///   - patience: how long to wait while somebody else makes something there.
  ///   - report: told how far it has come.
  /// - Throws: `LifecycleError.busy` where somebody makes something there, `CopyError`, `StoreError`, `SQLError`,
  ///   `CancellationError`; nothing of the copy is there then.
  package func copy(
    into target: any SQLDatabase,
    waiting patience: Duration = .zero,
    report: @escaping @Sendable (CopyProgress) -> Void
  ) async throws -> Copied {
    guard let claim = try await target.claim(waiting: patience) else {
      throw LifecycleError.busy(wanted: "copy", running: nil)
    }
    defer { withExtendedLifetime(claim) {} }
    do {
      let copied = try await store.copy(into: target) { progress in
        report(progress)
        switch progress {
        case .copying(let done) where done.rows * 2 > done.rowsMax: Failpoint.hit("copying")
        case .copying: break
        case .comparing: Failpoint.hit("copied")
        case .proving: Failpoint.hit("compared")
        }
      }
      Failpoint.hit("committed")
      return copied
    } catch {
      target.discard()
      throw error
    }
  }

  /// Takes the environment away for good, with all that is in it.
  ///
  /// - Throws: `LifecycleError.busy`, `StrangersInside` where something in it is another program's, `SQLError`; nothing is
  ///   changed then.
  package func drop() async throws {
    let claim = try await claim(for: "drop")
    defer { withExtendedLifetime(claim) {} }
    let strangers = try await store.read { try $0.strangers() }
    guard strangers.isEmpty else {
      throw StrangersInside(location: store.database.location, names: strangers)
    }
    try await store.database.drop()
  }

  /// How many bytes it takes.
  ///
  /// - Throws: `SQLError`.
  package func size() async throws -> Int { try await store.database.size() }
}
