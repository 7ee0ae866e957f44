/// Where an environment stands.
package struct Standing: Sendable {
  package let environment: Environment
  package let pendingUpgrades: [InstalledSolution]
  /// How many components have unmanaged work that is not published.
  package let drafts: Int
  /// The last operation that changed anything.
  package let lastOperation: Operation?
  /// The last attempt, whatever became of it.
  package var lastAttempt: Attempt?
  /// Whether somebody may change it now; nil where that cannot be seen.
  package var runs: Bool?

  package init(
    environment: Environment,
    pendingUpgrades: [InstalledSolution],
    drafts: Int,
    lastOperation: Operation?,
    lastAttempt: Attempt?
  ) {
    self.environment = environment
    self.pendingUpgrades = pendingUpgrades
    self.drafts = drafts
    self.lastOperation = lastOperation
    self.lastAttempt = lastAttempt
  }
}
