package import SolutionStore
package import Solutions

/// Where rows are asked for.
package enum RowPlace: Sendable {
  /// A table in use, by its logical name.
  case table(String)
  /// What lies in the trash under a number.
  case trash(Incarnation.ID)

  func rows(in store: StoreReader) throws -> PlacedRows {
    switch self {
    case .table(let name): try store.placed(name)
    case .trash(let number): try store.placed(inTrash: number)
    }
  }
}

/// Some rows of a table.
package struct RowsQuestion: Question {
  private let place: RowPlace
  private let query: @Sendable (Table) throws -> RowQuery

  /// - Parameters:
  ///   - table: by its logical name.
  ///   - query: made from the table as it is defined; without a limit of its own it gets `rowsMax`.
  package init(of table: String, query: @escaping @Sendable (Table) throws -> RowQuery) {
    self.init(in: .table(table), query: query)
  }

  /// The same of what lies anywhere.
  package init(in place: RowPlace, query: @escaping @Sendable (Table) throws -> RowQuery) {
    self.place = place
    self.query = query
  }

  /// Of a query that says nothing else.
  package static let rowsMax = 50

  /// - Throws: `QueryError` for a table or column that is not there, `StoreError.noSuchTrash`; what `query` throws.
  package func answer(from store: StoreReader) throws -> RowPage {
    let placed = try place.rows(in: store)
    var query = placed.asked(try query(placed.table))
    let rowsMax = query.rowsMax ?? Self.rowsMax
    // One more tells whether there is another page.
    query.rowsMax = rowsMax < .max ? rowsMax + 1 : rowsMax
    var rows: [Row] = []
    try store.rows(query, in: placed) { _, row in rows.append(row) }
    return RowPage(
      header: try store.header(of: query, in: placed),
      rows: Array(rows.prefix(rowsMax)),
      next: rows.count > rowsMax && rowsMax > 0 ? rows[rowsMax - 1].cookie : nil
    )
  }
}
