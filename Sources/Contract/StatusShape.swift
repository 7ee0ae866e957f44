package import Solutions

/// `status --json`.
package struct StatusShape: Shape {
  package static let format = "strata.status"

  package let environment: String
  package let location: String
  package let revision: Int
  package let pendingUpgrades: [String]
  /// Components with unmanaged work that is not published.
  package let drafts: Int
  /// The last operation that changed anything.
  @Nullable package var lastOperation: Done?
  /// The last attempt, whatever became of it.
  @Nullable package var last: HistoryShape.Try?
  /// Whether an operation runs now; null where the lock beside the environment may not be read.
  @Nullable package var runs: Bool?

  package struct Done: Codable, Sendable {
    package let number: Int
    package let verb: String
    package let title: String
    package let who: String
    package let completed: String

    init(_ operation: Operation) {
      number = operation.number
      verb = operation.record.verb
      title = operation.record.title
      who = operation.record.who
      completed = operation.completed.description
    }
  }

  package init(_ standing: Standing, location: String) {
    environment = standing.environment.id
    self.location = location
    revision = standing.environment.revision
    pendingUpgrades = standing.pendingUpgrades.map { "\($0.family) \($0.version)" }
    drafts = standing.drafts
    lastOperation = standing.lastOperation.map { Done($0) }
    last = standing.lastAttempt.map { HistoryShape.Try($0) }
    runs = standing.runs
  }
}
