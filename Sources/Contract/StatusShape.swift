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

  package struct Done: Codable, Sendable {
    package let number: Int
    package let verb: String
    package let title: String
    package let who: String
    package let completed: String

    package init(_ operation: Operation) {
      number = operation.number
      verb = operation.record.verb
      title = operation.record.title
      who = operation.record.who
      completed = operation.completed.description
    }
  }

  package init(
    environment: String,
    location: String,
    revision: Int,
    pendingUpgrades: [String],
    drafts: Int,
    lastOperation: Done?,
    last: HistoryShape.Try?
  ) {
    self.environment = environment
    self.location = location
    self.revision = revision
    self.pendingUpgrades = pendingUpgrades
    self.drafts = drafts
    self.lastOperation = lastOperation
    self.last = last
  }
}
