/// What a copy of an environment holds.
package struct Copied: Equatable, Sendable {
  package let environment: Environment
  /// Of the state.
  package let fingerprint: String
  package let tables: Int
  package let rows: Int
  /// How many of them were there from a copy that was cut off.
  package let rowsKept: Int

  package init(
    environment: Environment,
    fingerprint: String,
    tables: Int,
    rows: Int,
    rowsKept: Int = 0
  ) {
    self.environment = environment
    self.fingerprint = fingerprint
    self.tables = tables
    self.rows = rows
    self.rowsKept = rowsKept
  }
}

/// What a copy that was cut off has left where it was to go; there is no environment there.
package struct UnfinishedCopy: Equatable, Sendable {
  /// The id of the environment that is copied.
  package let environment: String
  /// Where that lies.
  package let source: String
  /// How many have arrived.
  package let rows: Int

  package init(environment: String, source: String, rows: Int) {
    (self.environment, self.source, self.rows) = (environment, source, rows)
  }
}

/// How far a copy has come.
package enum CopyProgress: Sendable {
  /// So many rows are there from a copy that was cut off.
  case goingOn(rows: Int)
  /// What has come so far stays there, whatever happens.
  case kept
  /// Rows of all tables together, and the table that is at work.
  case copying(CountingProgress)
  /// The same, read again.
  case comparing(CountingProgress)
  /// The history and the state.
  case proving
}
