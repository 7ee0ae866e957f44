package import SolutionStore
package import Solutions

/// Some rows of a table.
package struct RowsQuestion: Question {
  private let table: String
  private let query: @Sendable (Table) throws -> RowQuery

  /// - Parameters:
  ///   - table: by its logical name.
  ///   - query: made from the table as it is defined; without a limit of its own it gets `rowsMax`.
  package init(of table: String, query: @escaping @Sendable (Table) throws -> RowQuery) {
    self.table = table
    self.query = query
  }

  /// Of a query that says nothing else.
  package static let rowsMax = 50

  /// - Throws: `QueryError` for a table or column that is not there; what `query` throws.
  package func answer(from store: StoreReader) throws -> RowPage {
    var query = try query(try store.existingTable(table))
    let rowsMax = query.rowsMax ?? Self.rowsMax
    // One more tells whether there is another page.
    query.rowsMax = rowsMax < .max ? rowsMax + 1 : rowsMax
    var rows: [Row] = []
    try store.rows(query) { _, row in rows.append(row) }
    return RowPage(
      header: try store.header(of: query),
      rows: Array(rows.prefix(rowsMax)),
      next: rows.count > rowsMax && rowsMax > 0 ? rows[rowsMax - 1].cookie : nil
    )
  }
}
