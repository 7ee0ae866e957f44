internal import SQL
internal import Solutions

/// Tables of rows as SQL tables: `data_` and the logical name, columns by their logical names.
///
/// Each table and column that is made is an incarnation with a number, and has its tenures: from the operation that
/// made it or gave it back to the one that dropped it. What is dropped stays where it is under another name, so that
/// dropping takes the same time whatever is in it.
extension StoreSession {
  func perform(_ change: SchemaChange, in operation: Int) throws {
    switch change {
    case .createTable(let design): try create(design, in: operation)
    case .addColumns(let table, let columns): try add(columns, to: table, in: operation)
    case .createKey(let id, let table, let columns): try createKey(id, table, columns)
    case .dropKey(let id): try dropKey(id)
    case .dropColumns(_, let ids):
      for id in ids { try dropColumn(id, in: operation) }
    case .dropTable(let table): try dropTable(table, in: operation)
    case .discardColumns(_, let ids):
      for id in ids { try discardColumn(id) }
    case .discardTable(let table): try discardTable(table)
    case .restoreTable(let design, let id, let columns):
      try restore(design, id, columns, in: operation)
    case .restoreColumn(_, _, let id): try restoreColumn(try piece(id), in: operation)
    case .purge(let id): try purge(try piece(id), in: operation)
    }
  }

  static func tableName(_ logical: String) -> String { "data_\(logical)" }

  func quoted(_ name: String) -> String { sql.dialect.quoted(name) }

  /// Columns of a table, in order; none when it is not there.
  func columnNames(of table: String) throws -> [String] { try sql.columns(of: table) }

  // MARK: Coming

  private func create(_ design: TableDesign, in operation: Int) throws {
    try createTable(design)
    let table = try begin(
      design.id,
      design.name,
      place: nil,
      Self.tableName(design.name),
      operation
    )
    try begin(design.columns, of: design.name, place: table, in: operation)
  }

  private func createTable(_ design: TableDesign) throws {
    var lines = design.columns.flatMap { column -> [String] in
      let constraint = column.name == design.primaryKey ? " NOT NULL PRIMARY KEY" : ""
      return [declaration(of: column) + constraint] + companion(of: column)
    }
    if !design.pair.isEmpty {
      lines.append("UNIQUE (\(design.pair.map { quoted($0) }.joined(separator: ", ")))")
    }
    try sql.execute(
      "CREATE TABLE \(quoted(Self.tableName(design.name))) (\(lines.joined(separator: ", ")))"
    )
  }

  private func add(
    _ columns: [ColumnDesign],
    to table: SchemaChange.TableName,
    in operation: Int
  ) throws {
    for line in columns.flatMap({ [declaration(of: $0)] + companion(of: $0) }) {
      try sql.execute("ALTER TABLE \(quoted(Self.tableName(table.name))) ADD COLUMN \(line)")
    }
    let place = try current(table.id)?.id ?? 0
    try begin(columns, of: table.name, place: place, in: operation)
  }

  private func declaration(of column: ColumnDesign) -> String {
    let type =
      switch column.storage {
      case .text: "TEXT"
      case .integer: "BIGINT"
      case .real: sql.dialect.real
      case .decimal: sql.dialect.decimal
      case .blob: sql.dialect.blob
      }
    return "\(quoted(column.name)) \(type)"
  }

  private func companion(of column: ColumnDesign) -> [String] {
    column.companion.map { ["\(quoted(Self.companionName(column.name, $0))) TEXT"] } ?? []
  }

  /// Logical names have no colon.
  static func companionName(_ column: String, _ companion: ColumnDesign.Companion) -> String {
    "\(column):\(companion.rawValue)"
  }

  private static let companionSuffixes = ColumnDesign.Companion.allCases.map { ":\($0.rawValue)" }

  // MARK: Keys

  private func createKey(_ id: ComponentID, _ table: String, _ columns: [String]) throws {
    let name = quoted(Self.tableName(table))
    let there = Set(try columnNames(of: Self.tableName(table)))
    let list = columns.map { quoted($0) }.joined(separator: ", ")
    var failure: String?
    if let missing = columns.first(where: { !there.contains($0) }) {
      failure = "the column \(missing) is not there"
    } else {
      let isSet = columns.map { "\(quoted($0)) IS NOT NULL" }.joined(separator: " AND ")
      let isDoubled = try sql.row(
        "SELECT 1 FROM \(name) WHERE \(isSet) GROUP BY \(list) HAVING COUNT(*) > 1 LIMIT 1"
      ) { _ in true }
      if isDoubled == true {
        failure = "rows have equal values in \(columns.joined(separator: ", "))"
      }
    }
    guard let failure else {
      return try sql.execute("CREATE UNIQUE INDEX \(quoted("key_\(id.key)")) ON \(name) (\(list))")
    }
    try sql.execute(
      "INSERT INTO failed_key (component, message) VALUES ($1, $2)",
      [SQLValue(try numbering([id])[id]), .text(failure)]
    )
    warnings.append("the key \(id.key) is not active: \(failure)")
  }

  private func dropKey(_ id: ComponentID) throws {
    try sql.execute("DROP INDEX IF EXISTS \(quoted("key_\(id.key)"))")
    try sql.execute(
      "DELETE FROM failed_key WHERE component = $1",
      [SQLValue(try numbering([id])[id])]
    )
  }

  // MARK: Going

  private func dropColumn(_ id: ComponentID, in operation: Int) throws {
    guard let piece = try current(id) else { return }
    try hide(piece)
    try close("id = $1", piece.id, in: operation)
  }

  /// Under a name that nobody asks for.
  private func hide(_ piece: Piece) throws { try renameColumn(piece, to: piece.hiddenName) }

  private func dropTable(_ table: SchemaChange.TableName, in operation: Int) throws {
    guard let piece = try current(table.id) else { return }
    let hidden = "trash_\(piece.id)"
    try rename(piece, to: hidden)
    try close("id = $1 OR place = $1", piece.id, in: operation)
  }

  private func discardColumn(_ id: ComponentID) throws {
    guard let piece = try current(id) else { return }
    try removeColumn(piece)
    try forget("id = $1", piece.id)
  }

  private func discardTable(_ table: SchemaChange.TableName) throws {
    guard let piece = try current(table.id) else { return }
    try sql.execute("DROP TABLE \(quoted(piece.storedName))")
    try forget("id = $1 OR place = $1", piece.id)
  }

  // MARK: Coming back

  private func restore(
    _ design: TableDesign,
    _ id: Incarnation.ID,
    _ columns: [ColumnIncarnation],
    in operation: Int
  ) throws {
    try rename(try piece(id), to: Self.tableName(design.name))
    try open([id], in: operation)
    let wanted = Set(columns.map(\.id))
    let pieces = try pieces("place = $1 AND purged IS NULL", [SQLValue(id)])
    // What came since then makes room first.
    for piece in pieces where !wanted.contains(piece.id) && !piece.isHidden { try hide(piece) }
    for piece in pieces where wanted.contains(piece.id) { try restoreColumn(piece, in: operation) }
    let returned = Set(pieces.filter { wanted.contains($0.id) }.map(\.component))
    let missing = design.columns.filter { $0.id.map { !returned.contains($0) } ?? false }
    try add(missing, to: design.tableName, in: operation)
  }

  private func restoreColumn(_ piece: Piece, in operation: Int) throws {
    if piece.isHidden { try renameColumn(piece, to: Self.columnName(piece.component)) }
    try open([piece.id], in: operation)
  }

  private func purge(_ piece: Piece, in operation: Int) throws {
    if piece.place == nil {
      try sql.execute("DROP TABLE \(quoted(piece.storedName))")
    } else {
      try removeColumn(piece)
    }
    try sql.execute(
      "UPDATE incarnation SET purged = $1 WHERE purged IS NULL AND (id = $2 OR place = $2)",
      [SQLValue(operation), SQLValue(piece.id)]
    )
  }

  // MARK: Names

  private static func columnName(_ id: ComponentID) -> String {
    id.tableAndColumn?.column ?? id.key
  }

  private func rename(_ piece: Piece, to name: String) throws {
    try sql.execute("ALTER TABLE \(quoted(piece.storedName)) RENAME TO \(quoted(name))")
    try note(piece.id, name)
  }

  private func renameColumn(_ piece: Piece, to name: String) throws {
    let table = try storedTable(of: piece)
    let there = Set(try columnNames(of: table))
    for suffix in [""] + Self.companionSuffixes where there.contains(piece.storedName + suffix) {
      try sql.execute(
        "ALTER TABLE \(quoted(table)) RENAME COLUMN \(quoted(piece.storedName + suffix)) "
          + "TO \(quoted(name + suffix))"
      )
    }
    try note(piece.id, name)
  }

  private func removeColumn(_ piece: Piece) throws {
    let table = try storedTable(of: piece)
    let there = Set(try columnNames(of: table))
    for suffix in [""] + Self.companionSuffixes where there.contains(piece.storedName + suffix) {
      try sql.execute(
        "ALTER TABLE \(quoted(table)) DROP COLUMN \(quoted(piece.storedName + suffix))"
      )
    }
  }
}

extension StoreSession {
  /// Tables of the system, and of all that is installed: for an environment that has none yet.
  func materialize() throws {
    for table in SystemBaseline.tableNames { try createTable(SystemBaseline.design(of: table)) }
    let state = try whole()
    let changes = SchemaChanges(
      from: InstalledState(),
      to: state,
      kinds: kinds,
      start: state
    ).changes(of: Set(state.stacks.keys))
    for change in changes { try perform(change, in: state.revision) }
  }

  /// Where the tables differ from what the components ask for.
  func brokenTables(_ state: InstalledState) throws -> [String] {
    var broken: [String] = []
    func check(_ design: TableDesign) throws {
      let there = try columnNames(of: Self.tableName(design.name)).filter { !$0.contains(":") }
      if there.isEmpty {
        broken.append("the table \(design.name) is missing in the database")
        return
      }
      let wanted = Set(design.columns.map(\.name))
      for column in wanted.subtracting(there).sorted() {
        broken.append("the column \(design.name).\(column) is missing in the database")
      }
      for column in Set(there).subtracting(wanted).sorted() {
        broken.append("the database has a column \(design.name).\(column) that nobody defines")
      }
    }
    let columns = state.columnsByTable(kinds)
    let tables = state.stacks.keys.filter { kinds[$0.type].physical == .table }
    for id in Set(tables + SystemBaseline.tableNames.map { .entity($0) }) {
      try check(state.design(ofTable: id, columns: columns[id] ?? [], kinds: kinds))
    }
    for id in state.stacks.keys where kinds[id.type].physical == .relationship {
      if let design = state.design(ofIntersect: id) { try check(design) }
    }
    return broken
  }
}
