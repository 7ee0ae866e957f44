internal import SQL
internal import Solutions

/// Finds rows by what records say of them, where none has the id of the record.
///
/// What records say stands in a table of the database that goes with the connection, since it may be more than memory holds.
struct MigrationMatching {
  private let transaction: StoreTransaction
  private var reader: StoreReader { transaction.reader }
  private var sql: any SQLSession { transaction.sql }
  /// What finds the row that a record became, by table.
  private var finders: [String: any SQLStatement] = [:]
  /// Tables of this connection that were made, and how many have a name.
  private var made: [String] = []
  private var nameCount = 0
  /// What stands in the way, and what was done, in words.
  private(set) var reasons: [String] = []
  private(set) var notes: [String] = []

  init(_ transaction: StoreTransaction) { self.transaction = transaction }

  /// The id of the row that a record became.
  ///
  /// - Parameter id: in lower case.
  func id(of id: String, in table: String) throws -> String {
    guard let found = try finders[table]?.row([.text(id)]), case .text(let own) = found.value(0)
    else { return id }
    return own
  }

  /// A table whose rows are looked for.
  struct Wanted {
    let table: MigrationData.Table
    let own: Table
    /// By what they are found: columns that the file names, or those of an active key.
    let columns: [Column]
    fileprivate let name: String
    fileprivate var records: Batch
  }

  /// - Returns: nil where rows of the table are found by their ids alone.
  mutating func wanted(_ table: MigrationData.Table, _ own: Table) throws -> Wanted? {
    guard !table.isNew else { return nil }
    let gone = table.matching.filter { own.column($0) == nil }
    guard gone.isEmpty else {
      reasons += gone.map { "rows of \(own.name) are found by \($0), which is not here" }
      return nil
    }
    let names =
      table.matching.isEmpty
      ? try reader.keys(of: own.name).filter { $0.failure == nil }.map(\.key)
        .min { $0.name < $1.name }?.columns ?? [] : table.matching
    let columns = names.compactMap { own.column($0) }
    guard !columns.isEmpty else {
      notes.append("rows of \(own.name) are found by their ids alone: it has no active key")
      return nil
    }
    let name = "matching_\(nameCount)"
    nameCount += 1
    let keys = columns.indices.map { "k\($0)" }
    return Wanted(
      table: table,
      own: own,
      columns: columns,
      name: name,
      records: Batch(into: name, ["id"] + keys, .kept)
    )
  }

  mutating func begin(_ wanted: Wanted) throws {
    let dialect = sql.dialect
    let keys = wanted.columns.enumerated().map { place, column -> SQLText in
      "\(name: "k\(place)") \(column.type.storage.declared(in: dialect))"
    }
    made.append(wanted.name)
    try sql.execute(
      """
      CREATE TEMPORARY TABLE \(name: wanted.name) (id \(dialect.text) PRIMARY KEY, \(keys.joined(separator: ", ")),
      found \(dialect.text), found_count BIGINT DEFAULT 0, there BIGINT DEFAULT 0)
      """
    )
  }

  /// - Parameter value: what the record says of a column, as this environment has it.
  func take(
    _ record: MigrationData.Record,
    _ wanted: inout Wanted,
    value: (Column) throws -> RowValue?
  ) throws {
    guard let id = GUID(record.id)?.description else { return }
    let key = try key(wanted.columns, value) ?? wanted.columns.map { _ in .null }
    try wanted.records.add([.text(id)] + key, to: sql)
  }

  /// Looks for the rows of all records that were taken.
  mutating func settle(_ wanted: inout Wanted) throws {
    try wanted.records.flush(to: sql)
    let keys = wanted.columns.indices.map { "k\($0)" }
    try sql.execute(
      "CREATE INDEX \(name: "\(wanted.name)_keys") ON \(name: wanted.name) (\(names: keys))"
    )
    let there = try sql.prepare(
      "UPDATE \(name: wanted.name) SET there = 1 WHERE id = \(argument: 0)"
    )
    let same = keys.enumerated().map { "\(name: $1) = \(argument: $0 + 1)" as SQLText }
    let found = try sql.prepare(
      """
      UPDATE \(name: wanted.name) SET found = \(argument: 0), found_count = found_count + 1
      WHERE \(same.joined(separator: " AND "))
      """
    )
    var query = RowQuery(wanted.own.name)
    query.columns = ([wanted.own.primaryKey] + wanted.columns.map(\.name)).map {
      RowQuery.ColumnPath($0)
    }
    query.isUnordered = true
    var count = 0
    try reader.rows(query) { _, row in
      count += 1
      if count % 500 == 0 { try reader.checkpoint() }
      guard case .text(let id) = row.values[0] else { return }
      try there.execute([.text(id)])
      var place = 0
      let key = key(wanted.columns) { _ in
        place += 1
        return row.values[place]
      }
      if let key { try found.execute([.text(id)] + key) }
    }
    try judge(wanted)
  }

  /// Nothing is found by a column that is empty.
  private func key(_ columns: [Column], _ value: (Column) throws -> RowValue?) rethrows
    -> [SQLValue]?
  {
    var key: [SQLValue] = []
    for column in columns {
      guard let value = try value(column), value != .null else { return nil }
      key.append(SQLValue(column.type.comparison.compared(value)))
    }
    return key
  }

  /// Whatever is not one record to one row is refused.
  private mutating func judge(_ wanted: Wanted) throws {
    let (name, table) = (wanted.name, wanted.own.name)
    func count(_ condition: SQLText) throws -> Int {
      try sql.row(
        "SELECT COUNT(*) FROM \(name: name) AS one WHERE there = 0 AND \(condition)"
      ) { try $0.integer(0) } ?? 0
    }
    let names = wanted.columns.map(\.name).joined(separator: ", ")
    let vague = try count("found_count > 1")
    if vague > 0 {
      reasons.append("\(vague.counted("record")) of \(table): several rows have the same \(names)")
    }
    try sql.execute("CREATE INDEX \(name: "\(name)_rows") ON \(name: name) (found)")
    let doubled = try count(
      """
      found_count = 1 AND (EXISTS
        (SELECT 1 FROM \(name: name) AS other WHERE other.id = one.found AND other.there = 1)
      OR EXISTS (SELECT 1 FROM \(name: name) AS other WHERE other.found = one.found AND other.id <> one.id
        AND other.found_count = 1 AND other.there = 0))
      """
    )
    if doubled > 0 {
      reasons.append(
        "\(doubled.counted("record")) of \(table): another record is of the row with the same \(names)"
      )
    }
    let single = try count("found_count = 1")
    guard vague + doubled == 0, single > 0 else { return }
    notes.append("\(single.counted("row")) of \(table) found by \(names)")
    finders[table] = try sql.prepare(
      """
      SELECT found FROM \(name: name) WHERE id = \(argument: 0) AND found_count = 1 AND there = 0
      """
    )
  }

  /// Gives back what was made.
  mutating func end() throws {
    finders = [:]
    for name in made { try sql.execute("DROP TABLE \(name: name)") }
    made = []
  }
}
