internal import SQL
package import Solutions

/// A row of an answer.
package struct Row: Equatable, Sendable {
  /// One for each column of the answer, in order.
  package let values: [RowValue]
  /// Where the next page begins after this row; nil for groups.
  package let cookie: RowQuery.Cookie?
}

/// What an answer's rows consist of.
package struct RowHeader: Sendable {
  package let columns: [(path: RowQuery.ColumnPath, column: Column)]
}

/// A table, and what the database calls it and its columns.
struct StoredTable {
  let table: Table
  let name: String
  /// Those whose name in the database is not their own.
  let columns: [String: String]

  /// Of a column, or of a companion such as `ownerid:type`.
  func stored(_ column: String) -> String {
    if let name = columns[column] { return name }
    guard let colon = column.firstIndex(of: ":"), let name = columns[String(column[..<colon])]
    else { return column }
    return name + column[colon...]
  }
}

extension StoreSession {
  /// A table as the definitions in effect describe it; nil when there is none.
  package func table(_ name: String) throws -> Table? { try storedTable(name)?.table }

  func storedTable(_ name: String) throws -> StoredTable? {
    if let known = tables[name] { return known }
    guard let place = try place(named: name) else { return nil }
    guard let table = try definedTable(name, place) else { return nil }
    let stored = StoredTable(
      table: table,
      name: place.name,
      columns: try storedColumns(of: place)
    )
    tables[name] = stored
    return stored
  }

  private func definedTable(_ name: String, _ place: Place) throws -> Table? {
    if let component = place.component, component != .entity(name) {
      return try part([component]).table(ofIntersect: component)
    }
    let index = StoreIndex(session: self, moment: Moment(revision: nil))
    var wanted = try index.parts(of: [.entity(name)])
    // Choices of its columns, and relationships, which are parts of the table that refers.
    wanted.formUnion(try index.required(by: wanted))
    wanted.insert(.entity(name))
    return try part(wanted).table(name, kinds: kinds)
  }

  /// Calls `body` for each row of the answer, as it comes.
  package func rows(
    _ query: RowQuery,
    _ body: (RowHeader, Row) throws -> Void
  ) throws {
    let statement = try QuerySQL(query, dialect: sql.dialect) { try storedTable($0) }
    let header = RowHeader(columns: statement.columns)
    let width = statement.columns.count
    try sql.forEachRow(statement.text, statement.values) { row in
      let values = (0..<width + statement.cookieWidth).map { RowValue(row.value($0)) }
      try body(
        header,
        Row(
          values: Array(values[..<width]),
          cookie: statement.cookieWidth == 0
            ? nil : RowQuery.Cookie(values: Array(values[width...]))
        )
      )
    }
  }

  /// Columns of the answer, for an answer without rows too.
  package func header(of query: RowQuery) throws -> RowHeader {
    RowHeader(columns: try QuerySQL(query, dialect: sql.dialect) { try storedTable($0) }.columns)
  }

  /// Tables that solutions brought or added to, by logical name, sorted.
  package func tableNames() throws -> [String] {
    let touched = try sql.rows(
      """
      SELECT DISTINCT component.key FROM component JOIN layer ON layer.component = component.id
      WHERE component.type = '1' AND layer.closed IS NULL
      """
    ) { try $0.text(0) }
    return Set(try placedTables() + touched).sorted()
  }
}
