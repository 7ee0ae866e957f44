package import SolutionStore
package import Solutions

/// Where an environment stands.
package struct StandingQuestion: Question {
  package init() {}

  package func answer(from store: StoreReader) throws -> Standing {
    Standing(
      environment: try store.environment(),
      pendingUpgrades: try store.solutions(at: nil).filter { $0.isPendingUpgrade },
      drafts: try store.drafts().count,
      lastOperation: try store.history(limit: 1).first,
      lastAttempt: try store.attempts(limit: 1).first
    )
  }
}
