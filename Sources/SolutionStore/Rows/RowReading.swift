internal import SQL
package import Solutions

/// A table, and what the database calls it and its columns.
struct StoredTable {
  let table: Table
  let name: String
  /// Those whose name in the database is not their own.
  let columns: [String: String]
  /// Why alternate keys are not active, by their names: they find nothing and keep nothing apart.
  let inactiveKeys: [String: String]
  /// Columns of texts beside which the database keeps what they compare by: those of alternate keys.
  var folded: Set<String> = []
  /// Its rows, where they come with the question; nil where they lie in the database.
  var rows: SQLText?

  /// Where a query finds it.
  var source: SQLText { rows ?? "\(name: name)" }

  /// Where the database keeps what a column's texts compare by; nil where it does not.
  func foldedName(_ column: String) -> String? {
    folded.contains(column) ? Self.foldedName(stored(column)) : nil
  }

  static func foldedName(_ stored: String) -> String { "\(stored):folded" }

  func requireActive(_ key: Table.AlternateKey) throws(QueryError) {
    guard let why = inactiveKeys[key.name] else { return }
    throw QueryError(
      description: "the key \(table.name).\(key.name) is not active: \(why)",
      remedy: .activateKey(key.name, of: table.name)
    )
  }

  /// Of a column, or of a companion such as `ownerid:type`.
  func stored(_ column: String) -> String {
    if let name = columns[column] { return name }
    guard let colon = column.firstIndex(of: ":"), let name = columns[String(column[..<colon])]
    else { return column }
    return name + column[colon...]
  }

  /// Logical names have no colon.
  static func companionName(_ column: String, _ companion: ColumnDesign.Companion) -> String {
    "\(column):\(companion.rawValue)"
  }
}

extension SQLDialect {
  /// What it calls columns whose names are not their own, where nobody has given them others.
  func naming(_ columns: [Column], besides names: [String: String]) -> [String: String] {
    columns.reduce(into: names) { names, column in
      let stored = storedColumn(column.name)
      if stored != column.name, names[column.name] == nil { names[column.name] = stored }
    }
  }
}

extension StoreReader {
  /// A table as the definitions in effect describe it; nil when there is none.
  package func table(_ name: String) throws -> Table? { try storedTable(name)?.table }

  /// A table, or an error that names those with a like name.
  package func existingTable(_ name: String) throws -> Table { try requireTable(name).table }

  func requireTable(_ name: String) throws -> StoredTable {
    if let found = try storedTable(name) {
      guard !found.table.isVirtual else {
        throw QueryError(
          description:
            "the table \(name) is virtual: its rows are in the system behind its data provider, not here"
        )
      }
      return found
    }
    let names = Set(try tableNames() + systemTables())
    let near = names.filter { $0.contains(name) || name.contains($0) }.sorted().prefix(3)
    throw QueryError(
      description: "there is no table \(name)"
        + (near.isEmpty ? "" : "\n  → there is \(near.joined(separator: ", "))"),
      remedy: near.isEmpty ? .countRows : nil
    )
  }

  /// Alternate keys of a table, and why those that are not active are not.
  package func keys(of name: String) throws -> [(key: Table.AlternateKey, failure: String?)] {
    let stored = try requireTable(name)
    return stored.table.keys.map { ($0, stored.inactiveKeys[$0.name]) }
  }

  func storedTable(_ name: String) throws -> StoredTable? {
    if let known = tables[name] { return known }
    guard let place = try place(named: name) else { return nil }
    guard var table = try definedTable(name, place) else { return nil }
    let later = try laterColumns(of: name)
    if !later.isEmpty {
      table = table.with(columns: table.columns.filter { !later.contains($0.name) })
    }
    let keys = Set(table.keys.map { ComponentID.entityKey(name, $0.name) })
    var stored = StoredTable(
      table: table,
      name: place.name,
      columns: sql.dialect.naming(table.columns, besides: try storedColumns(of: place)),
      inactiveKeys: keys.isEmpty
        ? [:]
        : Dictionary(
          try inactiveKeys(among: keys).map { ($0.tableAndColumn?.column ?? $0.key, $1) }
        ) { first, _ in first }
    )
    if !keys.isEmpty {
      let there = Set(try sql.columns(of: place.name))
      let names = Set(table.keys.flatMap(\.columns))
      stored.folded = names.filter { there.contains(StoredTable.foldedName(stored.stored($0))) }
    }
    tables[name] = stored
    return stored
  }

  /// - Parameter revision: nil for the definitions in effect now.
  func definedTable(_ name: String, _ place: Place, at revision: Int? = nil) throws -> Table? {
    if let component = place.component, component != .entity(name) {
      return try part([component], at: revision).table(ofIntersect: component)
    }
    let index = StoreIndex(reader: self, moment: Moment(revision: revision))
    var wanted = try index.parts(of: [.entity(name)])
    // Choices of its columns, and relationships, which are parts of the table that refers.
    wanted.formUnion(try index.required(by: wanted))
    wanted.insert(.entity(name))
    return try part(wanted, at: revision).table(name, kinds: kinds)
  }

  /// Calls `body` for each row of the answer, as it comes.
  package func rows(
    _ query: RowQuery,
    _ body: (RowHeader, Row) throws -> Void
  ) throws {
    try rows(query, tables: { try requireTable($0) }, body)
  }

  /// - Parameter tables: what the names in the query stand for.
  func rows(
    _ query: RowQuery,
    tables: (String) throws -> StoredTable,
    _ body: (RowHeader, Row) throws -> Void
  ) throws {
    let statement = try RowStatement(query, self, tables: tables)
    let form = try statement.form(self, nil, isBrief: false)
    try sql.forEachRowOfMany(form.text, []) { row in try body(statement.header, form.row(row)) }
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
