internal import Solutions

/// Finds rows by what records say of them, where none has the id of the record.
struct MigrationMatching {
  private let reader: StoreReader
  /// What the id of a record became, by table.
  private var ids: [String: [String: String]] = [:]
  /// What stands in the way, and what was done, in words.
  private(set) var reasons: [String] = []
  private(set) var notes: [String] = []

  init(_ reader: StoreReader) { self.reader = reader }

  /// - Parameter id: in lower case.
  func id(of id: String, in table: String) -> String { ids[table]?[id] ?? id }

  /// The columns by which rows of a table are found: those that the file names, or those of an active key.
  func columns(of table: MigrationData.Table, _ own: Table) throws -> [Column] {
    guard !table.isNew else { return [] }
    let names =
      table.matching.isEmpty
      ? try reader.keys(of: own.name).filter { $0.failure == nil }.map(\.key)
        .min { $0.name < $1.name }?.columns ?? [] : table.matching
    return names.compactMap { own.column($0) }
  }

  /// - Parameter value: what a record says of a column, as this environment has it.
  mutating func match(
    _ table: MigrationData.Table,
    _ own: Table,
    by columns: [Column],
    value: (MigrationData.Record, Column) throws -> RowValue?
  ) throws {
    let gone = table.matching.filter { own.column($0) == nil }
    guard gone.isEmpty else {
      reasons += gone.map { "rows of \(own.name) are found by \($0), which is not here" }
      return
    }
    guard !columns.isEmpty else {
      if !table.isNew, !table.records.isEmpty {
        notes.append("rows of \(own.name) are found by their ids alone: it has no active key")
      }
      return
    }
    let named = Set(table.records.compactMap { GUID($0.id)?.description })
    var wanted: [[RowValue]: [String]] = [:]
    for record in table.records {
      guard let id = GUID(record.id)?.description,
        let key = try key(columns, { try value(record, $0) })
      else { continue }
      wanted[key, default: []].append(id)
    }
    var there: Set<String> = []
    var found: [String: [String]] = [:]
    var query = RowQuery(own.name)
    query.columns = ([own.primaryKey] + columns.map(\.name)).map { RowQuery.ColumnPath($0) }
    query.isUnordered = true
    var count = 0
    try reader.rows(query) { _, row in
      count += 1
      if count % 500 == 0 { try reader.checkpoint() }
      guard case .text(let id) = row.values[0] else { return }
      if named.contains(id) { there.insert(id) }
      var place = 0
      let key = self.key(columns) { _ in
        place += 1
        return row.values[place]
      }
      for record in key.flatMap({ wanted[$0] }) ?? [] { found[record, default: []].append(id) }
    }
    settle(own.name, by: columns, found.filter { !there.contains($0.key) }, there)
  }

  /// Nothing is found by a column that is empty.
  private func key(_ columns: [Column], _ value: (Column) throws -> RowValue?) rethrows
    -> [RowValue]?
  {
    var key: [RowValue] = []
    for column in columns {
      guard let value = try value(column), value != .null else { return nil }
      key.append(column.type.comparison.compared(value))
    }
    return key
  }

  private mutating func settle(
    _ table: String,
    by columns: [Column],
    _ found: [String: [String]],
    _ there: Set<String>
  ) {
    let names = columns.map(\.name).joined(separator: ", ")
    let vague = found.values.count { $0.count > 1 }
    let single = found.compactMapValues { $0.count == 1 ? $0[0] : nil }
    let taken = Dictionary(grouping: single.values) { $0 }.mapValues(\.count)
    let doubled = single.values.count { there.contains($0) || taken[$0, default: 0] > 1 }
    if vague > 0 {
      reasons.append("\(vague.counted("record")) of \(table): several rows have the same \(names)")
    }
    if doubled > 0 {
      reasons.append(
        "\(doubled.counted("record")) of \(table): another record is of the row with the same \(names)"
      )
    }
    guard vague + doubled == 0, !single.isEmpty else { return }
    ids[table] = single
    notes.append("\(single.count.counted("row")) of \(table) found by \(names)")
  }
}
