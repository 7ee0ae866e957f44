package import SolutionStore
package import Solutions

/// How many rows tables have, and values in each column; of one table, or of all.
package struct CountsQuestion: Question {
  private let table: String?
  private let filter: (@Sendable (Table) throws -> RowQuery)?
  /// Told how far the counting has come.
  private let report: @Sendable (CountingProgress) -> Void

  /// - Parameter filter: made from the table as it is defined: of one table, only rows that it finds.
  package init(
    of table: String?,
    where filter: (@Sendable (Table) throws -> RowQuery)? = nil,
    report: @escaping @Sendable (CountingProgress) -> Void
  ) {
    self.table = table
    self.filter = filter
    self.report = report
  }

  /// - Throws: `QueryError` for a table that is not there; what the filter throws.
  package func answer(from store: StoreReader) throws -> [String: TableCounts] {
    var counts: [String: TableCounts] = [:]
    if let table, let filter {
      counts[table] = try store.counts(try filter(try store.existingTable(table)))
      return counts
    }
    for name in try table.map({ [$0] }) ?? store.tableNames() {
      let own = try store.existingTable(name)
      let columns = own.columns.map(\.name)
      guard let found = try store.count(name, columns: columns, report: report) else { continue }
      counts[name] = TableCounts(
        rows: found.rows,
        values: found.values,
        arePairs: own.isIntersect
      )
    }
    return counts
  }
}
