package import SolutionStore
package import Solutions

/// Whether an environment is what its operations made of it.
package struct VerifyQuestion: Question {
  private let scope: Verification.Scope

  private let report: (@Sendable (CountingProgress) -> Void)?

  /// - Parameter report: told how far rows have been compared with definitions; nil leaves them alone.
  package init(
    _ scope: Verification.Scope,
    rows report: (@Sendable (CountingProgress) -> Void)? = nil
  ) {
    self.scope = scope
    self.report = report
  }

  package func answer(from store: StoreReader) throws -> Verification {
    try store.verified(scope, rows: report)
  }
}
