internal import SQL
package import Solutions

/// Performs a plan: its rows, its tables and its history.
///
/// One for each plan, since it gathers what the report of the plan tells.
package final class PlanWriter {
  let transaction: StoreTransaction
  /// What did not come out as people would wish, and is no reason to fail.
  var warnings: [String] = []
  /// When the operation began.
  var started = Timestamp(milliseconds: 0)
  /// When the rows of a component were written.
  var writtenAt: [ComponentID: Timestamp] = [:]
  /// Columns that are purged, by what the database calls their tables: those of a table go together.
  var purged: [String: [String]] = [:]

  package init(_ transaction: StoreTransaction) { self.transaction = transaction }

  var reader: StoreReader { transaction.reader }
  var sql: any SQLSession { transaction.sql }
  var kinds: ComponentKinds { reader.kinds }
  var history: HistoryWriter { transaction.history }

  func onStep(_ name: String) { transaction.onStep(name) }

  func numbering(_ wanted: Set<ComponentID>) throws -> [ComponentID: Int] {
    try transaction.numbering(wanted)
  }
}

/// What became of a plan that was performed.
package struct ApplyReport: Sendable {
  /// Its number, which is the new revision.
  package let operation: Int
  /// What did not come out as people would wish, and is no reason to fail.
  package let warnings: [String]
  /// When the rows of a component were written.
  package let writtenAt: [ComponentID: Timestamp]
}
