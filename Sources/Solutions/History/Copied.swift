/// What a copy of an environment holds.
package struct Copied: Equatable, Sendable {
  package let environment: Environment
  /// Of the state.
  package let fingerprint: String
  package let tables: Int
  package let rows: Int

  package init(environment: Environment, fingerprint: String, tables: Int, rows: Int) {
    self.environment = environment
    self.fingerprint = fingerprint
    self.tables = tables
    self.rows = rows
  }
}

/// How far a copy has come.
package enum CopyProgress: Sendable {
  /// Rows of all tables together, and the table that is at work.
  case copying(CountingProgress)
  /// The same, read again.
  case comparing(CountingProgress)
  /// The history and the state.
  case proving
}
