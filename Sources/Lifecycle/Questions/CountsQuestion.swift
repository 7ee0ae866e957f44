package import SolutionStore
package import Solutions

/// How many rows tables have, and values in each column; of one table, or of all.
package struct CountsQuestion: Question {
  private let table: String?
  /// Told how far the counting has come.
  private let report: @Sendable (CountingProgress) -> Void

  package init(of table: String?, report: @escaping @Sendable (CountingProgress) -> Void) {
    self.table = table
    self.report = report
  }

  /// - Throws: `QueryError` for a table that is not there.
  package func answer(from store: StoreReader) throws -> [String: TableCounts] {
    var counts: [String: TableCounts] = [:]
    for name in try table.map({ [$0] }) ?? store.tableNames() {
      let columns = try store.existingTable(name).columns.map(\.name)
      guard let found = try store.count(name, columns: columns, report: report) else { continue }
      counts[name] = TableCounts(rows: found.rows, values: found.values)
    }
    return counts
  }
}
