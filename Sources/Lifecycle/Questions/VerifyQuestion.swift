package import SolutionStore
package import Solutions

/// Whether an environment is what its operations made of it.
package struct VerifyQuestion: Question {
  private let scope: Verification.Scope

  package init(_ scope: Verification.Scope) { self.scope = scope }

  package func answer(from store: StoreReader) throws -> Verification {
    try store.verified(scope)
  }
}
