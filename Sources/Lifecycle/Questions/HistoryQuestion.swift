package import SolutionStore
package import Solutions

/// Operations, newest first.
package struct HistoryQuestion: Question {
  /// Of one operation, with what became of each component; nil for the newest.
  private let number: Int?
  private let limit: Int
  /// What was refused, failed or cut off, too.
  private let withAttempts: Bool

  package init(of number: Int?, limit: Int, withAttempts: Bool) {
    self.number = number
    self.limit = limit
    self.withAttempts = withAttempts
  }

  package func answer(from store: StoreReader) throws -> History {
    let operations =
      try number.map { try store.operations($0...$0) } ?? store.history(limit: limit)
    return History(
      operations: operations,
      results: try number.map { try store.results(of: $0) },
      attempts: withAttempts ? try store.attempts(limit: limit) : nil
    )
  }
}
