internal import SolutionStore
package import Solutions

/// Rows of tables: written as operations of their own.
extension Lifecycle {
  /// What was done to rows.
  package struct RowsDone: Equatable, Sendable {
    package let outcome: RowsOutcome
    /// nil when there was nothing to do.
    package let operation: Int?
  }

  /// Does it, in one transaction.
  ///
  /// - Parameters:
  ///   - isAgreed: whether rows and values may go.
  ///   - expected: what was shown before; where it is something else, nothing is done.
  ///   - revision: that it was planned on; nil does it on any.
  /// - Throws: `RowsConsentMissing`; `RowsOutdated` on another revision, `RowChanged` for another version of a row; `BadRows`, `RowsHeld`, `RowsRefused` and `MigrationRefused` for what rows do not allow; `QueryError` for what
  ///   is not there, what a source or query throws; `LifecycleError.busy`, `StoreError` for what is damaged, `SQLError`,
  ///   `CancellationError`. Nothing is changed then.
  @discardableResult
  package func perform(
    _ request: RowRequest,
    by caller: Caller,
    isAgreed: Bool = false,
    expecting expected: RowsOutcome? = nil,
    plannedOn revision: Int? = nil
  ) async throws -> RowsDone {
    try await operate("rows", request.title, by: caller) { transaction, record, clock in
      let now = try transaction.reader.revision()
      if let revision, revision != now { throw RowsOutdated(planned: revision, now: now) }
      let number = now + 1
      let outcome = try request.perform(transaction, number, record.started) { outcome in
        let isKnown = expected.map { $0 == outcome } ?? true
        if !(isAgreed && isKnown), outcome.isDestroying {
          throw RowsConsentMissing(outcome: outcome)
        }
      }
      guard !outcome.isNothing else { return (RowsDone(outcome: outcome, operation: nil), nil) }
      let told = record.titled(request.told(outcome))
      try transaction.history.note(told, as: number, completed: clock())
      return (RowsDone(outcome: outcome, operation: number), number)
    }
  }

  /// What it would do: it is done, and every trace of it taken back.
  ///
  /// - Throws: as `perform`, but for missing consent.
  package func plan(_ request: RowRequest) async throws -> RowsOutcome {
    try await planned(request).outcome
  }

  /// The same, with the revision that it is planned on.
  ///
  /// - Throws: as `plan`.
  package func planned(
    _ request: RowRequest
  ) async throws -> (outcome: RowsOutcome, revision: Int) {
    try await rehearse(request.title) { transaction in
      let revision = try transaction.reader.revision()
      let moment = surroundings.clock()
      return (try request.perform(transaction, revision + 1, moment) { _ in }, revision)
    }
  }
}

extension OperationRecord {
  fileprivate func titled(_ title: String) -> OperationRecord {
    OperationRecord(verb: verb, title: title, who: who, started: started, options: options)
  }
}
