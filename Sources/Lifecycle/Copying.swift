package import SQL
package import SolutionStore
package import Solutions

extension Lifecycle {
  /// Copies the whole environment into an empty database, as it is at one moment: who works here goes on.
  ///
  /// Where a copy of it was cut off, what has arrived stays there and is gone on from.
  ///
  /// - Parameters:
  ///   - portion: how much of large tables goes into one transaction.
  ///   - patience: how long to wait while somebody else makes something there.
  ///   - report: told how far it has come.
  /// - Throws: `LifecycleError.busy` where somebody makes something there, `CopyError`, `StoreError`, `SQLError`,
  ///   `CancellationError`; there is no environment then.
  package func copy(
    into target: any SQLDatabase,
    portion: CopyPortion? = nil,
    waiting patience: Duration = .zero,
    report: @escaping @Sendable (CopyProgress) -> Void
  ) async throws -> Copied {
    guard let claim = try await target.claim(waiting: patience) else {
      throw LifecycleError.busy(wanted: "copy", running: nil)
    }
    defer { withExtendedLifetime(claim) {} }
    do {
      let portion = portion ?? Failpoint.portion.map { CopyPortion(rows: $0) } ?? .standard
      let copied = try await store.copy(into: target, portion: portion) { progress in
        report(progress)
        switch progress {
        case .goingOn: break
        case .kept: Failpoint.hit("portion")
        case .copying(let done) where done.rows * 2 > done.rowsMax: Failpoint.hit("copying")
        case .copying: break
        case .comparing: Failpoint.hit("copied")
        case .proving: Failpoint.hit("compared")
        }
      }
      Failpoint.hit("committed")
      return copied
    } catch {
      await giveUp(target, error)
      throw error
    }
  }

  /// Takes away what nobody can go on from.
  private func giveUp(_ target: any SQLDatabase, _ error: any Error) async {
    target.discard()
    guard let error = error as? CopyError, error.isFinal else { return }
    do {
      guard try await SolutionStore.unfinishedCopy(in: target) != nil else { return }
      try await target.drop()
    } catch {
      // It stays; the next copy to there finds the same, and tells it.
    }
  }

  /// - Returns: nil where there is none.
  /// - Throws: `SQLError`.
  package static func unfinishedCopy(in database: any SQLDatabase) async throws -> UnfinishedCopy? {
    try await SolutionStore.unfinishedCopy(in: database)
  }

  /// Takes away what a copy has left that was cut off.
  ///
  /// - Returns: how many bytes it took.
  /// - Throws: `LifecycleError.busy` while it is gone on with, `SQLError`; nothing is changed then.
  package static func dropUnfinishedCopy(
    in database: any SQLDatabase,
    waiting patience: Duration
  ) async throws -> Int {
    guard let claim = try await database.claim(waiting: patience) else {
      throw LifecycleError.busy(wanted: "drop", running: nil)
    }
    defer { withExtendedLifetime(claim) {} }
    let bytes = try await database.size()
    try await database.drop()
    return bytes
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
