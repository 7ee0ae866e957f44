/// What was done to an environment.
package struct History: Sendable {
  /// Newest first; empty where the one asked for is not there.
  package let operations: [Operation]
  /// What became of each component, where one operation was asked for.
  package let results: [Operation.Result]?
  /// Newest first; nil where they were not asked for.
  package let attempts: [Attempt]?

  package init(operations: [Operation], results: [Operation.Result]?, attempts: [Attempt]?) {
    self.operations = operations
    self.results = results
    self.attempts = attempts
  }
}
