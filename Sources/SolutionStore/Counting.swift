internal import SQL
package import Solutions

extension StoreReader {
  /// Rows and values that a plan would destroy: one scan for each table, in pieces.
  package func losses(
    of plan: Plan,
    report: (CountingProgress) -> Void = { _ in }
  ) throws -> RowCounts {
    var tables: Set<String> = []
    var columns: [String: [String]] = [:]
    var intersects: [String: ComponentID] = [:]
    for change in plan.changes where change.action == .delete {
      switch kinds[change.id.type].physical {
      case .table: tables.insert(change.id.key)
      case .column:
        if let (table, column) = change.id.tableAndColumn {
          columns[table, default: []].append(column)
        }
      case .relationship:
        // The intersect table of a many-to-many relationship.
        if let piece = try current(change.id) { intersects[piece.table] = change.id }
      case .key, .none: break
      }
    }
    var counts = RowCounts()
    for (table, id) in intersects.sorted(by: { $0.key < $1.key }) {
      counts.rows[id] = try count(table, columns: [], report: report)?.rows
    }
    for table in tables.union(columns.keys).sorted() {
      let found = try count(table, columns: Set(columns[table] ?? []).sorted(), report: report)
      guard let found else { continue }
      if tables.contains(table) { counts.rows[.entity(table)] = found.rows }
      for (column, values) in found.values { counts.values[.attribute(table, column)] = values }
    }
    return counts
  }

  /// Rows and values in entries of the trash: one scan for each table.
  package func counts(
    returning entries: [ComponentID: Incarnation.ID]
  ) throws -> [ComponentID: Int] {
    var tables: [String: [(id: ComponentID, term: SQLText)]] = [:]
    for (id, entry) in entries.sorted(by: { $0.key < $1.key }) {
      let piece = try piece(entry)
      if piece.place == nil {
        tables[piece.storedName, default: []].append((id, "COUNT(*)"))
      } else {
        let term: SQLText = "COUNT(\(name: piece.storedName))"
        tables[try storedTable(of: piece), default: []].append((id, term))
      }
    }
    var counts: [ComponentID: Int] = [:]
    for (table, wanted) in tables.sorted(by: { $0.key < $1.key }) {
      try checkpoint()
      let terms = wanted.map(\.term).joined(separator: ", ")
      try sql.forEachRow("SELECT \(terms) FROM \(name: table)") { row in
        for (place, entry) in wanted.enumerated() { counts[entry.id] = try row.integer(place) }
      }
    }
    return counts
  }

  /// What lies in entries of the trash that data steps are about, and in components that get their values.
  package func counts(of steps: [DataStep]) throws -> DataCounts {
    var counts = DataCounts()
    for step in steps {
      try checkpoint()
      guard let entry = step.entry else { continue }
      counts.lying[entry] = try lying(entry)
      guard step.action == .restore, let piece = try current(step.component) else { continue }
      counts.present[step.component] = try count(piece)
    }
    return counts
  }

  private func lying(_ entry: Incarnation.ID) throws -> Int? {
    if let move = try storedMoves("id = \(entry)").first { return try count(move) }
    return try count(try piece(entry))
  }

  /// That are counted in about a second.
  private static let rowsPerPiece = 4_000_000

  /// nil when there is no such table; columns that it does not have are left out.
  package func count(
    _ table: String,
    columns: [String],
    report: (CountingProgress) -> Void = { _ in }
  ) throws -> (rows: Int, values: [String: Int])? {
    guard let place = try place(named: table) else { return nil }
    let name = place.name
    let stored = try storedColumns(of: place)
    let there = Set(try sql.columns(of: name))
    func spelled(_ column: String) -> String {
      stored[column] ?? sql.dialect.storedColumn(column)
    }
    let columns = columns.filter { there.contains(spelled($0)) }
    let list = (["COUNT(*)"] + columns.map { "COUNT(\(name: spelled($0)))" as SQLText })
      .joined(separator: ", ")
    let pieces = try sql.pieces(of: name, rows: Self.rowsPerPiece)
    let (step, last) = (pieces.step, pieces.rowsMax)
    var totals = [Int](repeating: 0, count: columns.count + 1)
    for (place, condition) in pieces.conditions.enumerated() {
      try checkpoint()
      try sql.forEachRow("SELECT \(list) FROM \(name: name) WHERE \(condition)") { row in
        for index in totals.indices { totals[index] += try row.integer(index) }
      }
      if last > step {
        let rows = min((place + 1) * step, last)
        report(CountingProgress(table: table, rows: rows, rowsMax: last))
      }
    }
    return (
      totals[0],
      Dictionary(zip(columns, totals.dropFirst())) { first, _ in first }
    )
  }

  /// Of the rows that a query finds: how many, and values in each column of its table.
  ///
  /// - Throws: `QueryError` for columns that are not there.
  package func counts(_ query: RowQuery) throws -> TableCounts {
    let own = try existingTable(query.table)
    let columns = own.columns.map(\.name)
    var counting = RowQuery(query.table)
    counting.filter = query.filter
    counting.aggregates =
      [RowQuery.Aggregate(.count)]
      + columns.map { RowQuery.Aggregate(.count, RowQuery.ColumnPath($0)) }
    var totals: [Int] = []
    try rows(counting) { _, row in
      totals = row.values.map { if case .integer(let count) = $0 { Int(count) } else { 0 } }
    }
    return TableCounts(
      rows: totals.first ?? 0,
      values: Dictionary(zip(columns, totals.dropFirst())) { first, _ in first },
      arePairs: own.isIntersect
    )
  }
}
