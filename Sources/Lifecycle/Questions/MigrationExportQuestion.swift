package import SolutionStore
package import Solutions

/// Rows of tables for a file of the Configuration Migration tool, given as they come.
package struct MigrationExportQuestion: Question {
  private let tables: [String]?
  private let query: (@Sendable (Table) throws -> RowQuery)?
  private let taking: any MigrationTaking & Sendable
  private let report: @Sendable (Int) -> Void

  /// - Parameters:
  ///   - tables: by their logical names; nil is all tables of solutions.
  ///   - query: of a single table, only rows that it finds.
  ///   - taking: called from one state alone.
  ///   - report: told the number of rows so far.
  package init(
    of tables: [String]?,
    where query: (@Sendable (Table) throws -> RowQuery)?,
    to taking: any MigrationTaking & Sendable,
    report: @escaping @Sendable (Int) -> Void
  ) {
    self.tables = tables
    self.query = query
    self.taking = taking
    self.report = report
  }

  /// - Throws: `QueryError` for a table or column that is not there; what `query` and `taking` throw.
  package func answer(from store: StoreReader) throws -> MigrationExported {
    try store.export(tables, where: query, to: taking, report: report)
  }
}
