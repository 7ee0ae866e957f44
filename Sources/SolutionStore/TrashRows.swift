internal import SQL
package import Solutions

/// Where rows are read: a table in use, or what lies in the trash.
package struct PlacedRows {
  package let table: Table
  /// The columns that are shown where nobody says which; empty is all of them.
  package let columns: [RowQuery.ColumnPath]
  /// Which rows there are.
  fileprivate let filter: RowQuery.Filter?
  fileprivate let stored: StoredTable

  /// The same question about these rows alone.
  package func asked(_ query: RowQuery) -> RowQuery {
    var query = query
    if query.columns.isEmpty, query.aggregates.isEmpty { query.columns = columns }
    if let filter { query.filter = .all([filter] + (query.filter.map { [$0] } ?? [])) }
    return query
  }
}

extension StoreReader {
  /// - Throws: `QueryError` where there is no such table.
  package func placed(_ table: String) throws -> PlacedRows {
    let stored = try requireTable(table)
    return PlacedRows(table: stored.table, columns: [], filter: nil, stored: stored)
  }

  /// What lies in the trash under a number: a table as it was defined when it was dropped; of a column the values, with the
  /// id and the name of their rows.
  ///
  /// - Throws: `StoreError.noSuchTrash`.
  package func placed(inTrash id: Incarnation.ID) throws -> PlacedRows {
    let entry = try trashRow(id)
    let found: PlacedRows?
    switch entry.origin {
    case .dropped:
      let piece = try piece(id)
      found =
        piece.place == nil
        ? try placed(piece, until: entry.operation)
        : try placed(column: piece, until: entry.operation)
    case .overwritten, .takenBack: found = try placed(move: entry)
    }
    guard let found else {
      throw StoreError.damaged("what the trash has as number \(id) has no definition")
    }
    return found
  }

  /// Calls `body` for each row of the answer, as it comes.
  package func rows(
    _ query: RowQuery,
    in placed: PlacedRows,
    _ body: (RowHeader, Row) throws -> Void
  ) throws {
    try rows(query, tables: { try tables($0, placed) }, body)
  }

  package func header(of query: RowQuery, in placed: PlacedRows) throws -> RowHeader {
    try statement(query) { try tables($0, placed) }.header
  }

  private func tables(_ name: String, _ placed: PlacedRows) throws -> StoredTable {
    name == placed.table.name ? placed.stored : try requireTable(name)
  }

  /// How many rows there are, and values in each column that the database has.
  package func counts(in placed: PlacedRows) throws -> TableCounts {
    let there = Set(try sql.columns(of: placed.stored.name))
    let wanted =
      placed.columns.isEmpty
      ? placed.table.columns
      : placed.table.columns.filter { column in
        placed.columns.contains { $0.column == column.name }
      }
    let columns = wanted.map(\.name).filter { there.contains(placed.stored.stored($0)) }
    var counting = placed.asked(RowQuery(placed.table.name))
    counting.columns = []
    counting.aggregates =
      [RowQuery.Aggregate(.count)]
      + columns.map { RowQuery.Aggregate(.count, RowQuery.ColumnPath($0)) }
    var totals: [Int] = []
    try rows(counting, in: placed) { _, row in
      totals = row.values.map { if case .integer(let count) = $0 { Int(count) } else { 0 } }
    }
    return TableCounts(
      rows: totals.first ?? 0,
      values: Dictionary(zip(columns, totals.dropFirst())) { first, _ in first }
    )
  }

  // MARK: Places

  private func placed(_ piece: Piece, until operation: Int) throws -> PlacedRows? {
    let place = Place(
      id: piece.id,
      table: piece.table,
      name: piece.storedName,
      component: piece.component
    )
    guard let table = try definedTable(piece.table, place, at: operation - 1) else { return nil }
    let columns = try pieces(
      """
      place = \(piece.id) AND purged IS NULL AND EXISTS (SELECT 1 FROM tenure
        WHERE tenure.incarnation = incarnation.id AND \(Moment(revision: operation - 1).condition("tenure")))
      """
    )
    return try placed(table, in: piece.storedName, columns)
  }

  private func placed(column piece: Piece, until operation: Int) throws -> PlacedRows? {
    let name = try storedTable(of: piece)
    let component = ComponentID.entity(piece.table)
    let place = Place(
      id: piece.place ?? 0,
      table: piece.table,
      name: name,
      component: piece.place == 0 ? nil : component
    )
    guard let table = try definedTable(piece.table, place, at: operation - 1),
      let column = table.column(piece.component.tableAndColumn?.column ?? "")
    else { return nil }
    // Of each column the newest that lies in the same table, of this one the one that is asked for.
    let others = try pieces(
      "place = \(piece.place) AND table_name = \(piece.table) AND purged IS NULL"
    ).filter { $0.component != piece.component }
    let found = try placed(table, in: name, others + [piece])
    let shown = [table.primaryKey] + [table.primaryName].compactMap { $0 } + [column.name]
    let there = Set(found.table.columns.map(\.name))
    let path = RowQuery.ColumnPath(column.name)
    return PlacedRows(
      table: found.table,
      columns: shown.filter { there.contains($0) && $0 != column.name }
        .map { RowQuery.ColumnPath($0) } + QuerySQL.paths(of: column),
      filter: .not(.isNull(path)),
      stored: found.stored
    )
  }

  /// - Parameter columns: later ones take the place of earlier ones of the same name.
  private func placed(
    _ table: Table,
    in name: String,
    _ columns: [Piece]
  ) throws -> PlacedRows {
    let dialect = sql.dialect
    var names = Dictionary(dialect.reservedColumns.map { ($0, dialect.storedColumn($0)) }) {
      first,
      _ in first
    }
    for piece in columns {
      if let column = piece.component.tableAndColumn?.column { names[column] = piece.storedName }
    }
    let there = Set(try sql.columns(of: name))
    let kept = table.columns.filter {
      there.contains(names[$0.name] ?? dialect.storedColumn($0.name))
    }
    let stored = StoredTable(
      table: table.with(columns: kept),
      name: name,
      columns: dialect.naming(kept, besides: names),
      inactiveKeys: [:]
    )
    return PlacedRows(table: stored.table, columns: [], filter: nil, stored: stored)
  }

  /// What a migration overwrote, or had written: one row for each that has it in reserve.
  private func placed(move entry: TrashRow) throws -> PlacedRows? {
    guard let found = try storedMoves("id = \(entry.id)").first,
      let name = entry.component.tableAndColumn?.column
    else { return nil }
    let place = Place(
      id: found.place,
      table: found.table,
      name: found.rows,
      component: found.place == 0 ? nil : .entity(found.table)
    )
    guard let table = try definedTable(found.table, place, at: found.move.operation),
      let column = table.column(name), let key = table.column(table.primaryKey)
    else { return nil }
    let side = found.move.isDone ? "old" : "new"
    var names = [key.name: "id", name: side, Self.turned: "turned"]
    for companion in ColumnDesign.Companion.allCases {
      names[StoredTable.companionName(name, companion)] = "\(side)_beside"
    }
    let stored = StoredTable(
      table: table.with(columns: [key, column, Column(Self.turned, .bigInteger)]),
      name: found.rows,
      columns: names,
      inactiveKeys: [:]
    )
    let turned = RowQuery.ColumnPath(Self.turned)
    return PlacedRows(
      table: stored.table,
      columns: [RowQuery.ColumnPath(key.name)] + QuerySQL.paths(of: column),
      filter: .all([
        .compare(turned, .equal, .integer(found.move.isDone ? 0 : 1)),
        .not(.isNull(RowQuery.ColumnPath(name))),
      ]),
      stored: stored
    )
  }

  /// No logical name has a colon.
  private static let turned = ":turned"
}
