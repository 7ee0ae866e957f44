internal import SQL
internal import Solutions

/// Tables of rows as SQL tables: `data_` and the logical name, columns by their logical names.
///
/// Each table and column that is made is an incarnation with a number, and has its tenures: from the operation that
/// made it or gave it back to the one that dropped it. What is dropped stays where it is; another one that is made
/// under the same name is called `name~number` in the database. So dropping and giving back changes a row of `tenure`
/// and nothing else, whatever lies in the tables and however many there are.
extension PlanWriter {
  func perform(_ change: SchemaChange, in operation: Int) throws {
    reader.tables = [:]
    switch change {
    case .createTable(let design): try create(design, in: operation)
    case .addColumns(let table, let columns):
      try add(columns, to: try reader.place(table), in: operation)
    case .createKey(let key, let table): try create(key, of: try reader.place(table))
    case .dropKey(let id, let table): try dropKey(id, of: try reader.place(table))
    case .activateKey(let key, let table): try activate(key, of: try reader.place(table))
    case .dropColumns(_, let ids):
      for id in ids {
        if let piece = try reader.current(id) { try close("id = \(piece.id)", in: operation) }
      }
    case .dropTable(let table):
      if let piece = try reader.current(table.id) {
        try close("id = \(piece.id) OR place = \(piece.id)", in: operation)
      }
    case .discardColumns(_, let ids):
      var going: [String: [String]] = [:]
      for id in ids {
        guard let piece = try reader.current(id) else { continue }
        going[try reader.storedTable(of: piece), default: []] += try storedColumns(of: piece)
        try forget("id = \(piece.id)")
      }
      try drop(going)
    case .discardTable(let table):
      guard let piece = try reader.current(table.id) else { return }
      try sql.execute("DROP TABLE \(name: piece.storedName)")
      try forget("id = \(piece.id) OR place = \(piece.id)")
    case .restoreTable(let design, let id, let columns):
      try restore(design, id, columns, in: operation)
    case .restoreColumn(_, let table, let id):
      let piece = try reader.piece(id)
      // Values stay in the table that they were written into.
      guard piece.place == (try reader.place(table).id) else { throw StoreError.liesElsewhere(id) }
      try open([id], in: operation)
    case .purge(let id, of: _):
      guard try reader.storedMoves("id = \(id)").isEmpty else {
        return try purgeMoves("id = \(id)", in: operation)
      }
      try purge(try reader.piece(id), in: operation)
    case .turnMove(let id, let isBack): try turn(id, isBack: isBack, in: operation)
    }
  }

  // MARK: Coming

  private func create(_ design: TableDesign, in operation: Int) throws {
    guard !SystemBaseline.contains(.entity(design.name)) else {
      throw StoreError.tableTaken(design.name)
    }
    let plain = plainName(design.name)
    let number = try nextIncarnation()
    let name = try sql.columns(of: plain).isEmpty ? plain : "\(plain)~\(number)"
    try createTable(design, name)
    try begin(number, design.id, design.name, name, in: operation)
    try begin(
      design.columns.map { ($0, storedName($0)) },
      of: design.name,
      place: number,
      in: operation
    )
    let place = Place(id: number, table: design.name, name: name, component: design.id)
    for key in design.keys { try create(key, of: place) }
  }

  private func plainName(_ logical: String) -> String { reader.plainName(ofTable: logical) }

  private func createTable(_ design: TableDesign, _ name: String) throws {
    var lines = design.columns.flatMap { column -> [SQLText] in
      let constraint: SQLText = column.name == design.primaryKey ? " NOT NULL PRIMARY KEY" : ""
      return [declaration(of: column, storedName(column)) + constraint]
        + companion(of: column, storedName(column))
    }
    if !design.pair.isEmpty {
      lines.append("UNIQUE (\(names: design.pair.map { sql.dialect.storedColumn($0) }))")
    }
    try sql.execute("CREATE TABLE \(name: name) (\(lines.joined(separator: ", ")))")
  }

  private func add(_ columns: [ColumnDesign], to place: Place, in operation: Int) throws {
    let there = Set(try sql.columns(of: place.name))
    var number = try nextIncarnation()
    var named: [(ColumnDesign, String)] = []
    for column in columns {
      let plain = storedName(column)
      let name = there.contains(plain) ? "\(sql.dialect.storedName(column.name))~\(number)" : plain
      for line in [declaration(of: column, name)] + companion(of: column, name) {
        try sql.execute("ALTER TABLE \(name: place.name) ADD COLUMN \(line)")
      }
      named.append((column, name))
      number += 1
    }
    try begin(named, of: place.table, place: place.id, in: operation)
  }

  /// Names that the database keeps for itself get another one.
  private func storedName(_ column: ColumnDesign) -> String {
    sql.dialect.storedColumn(column.name)
  }

  private func declaration(of column: ColumnDesign, _ name: String) -> SQLText {
    "\(name: name) \(column.storage.declared(in: sql.dialect))"
  }

  private func companion(of column: ColumnDesign, _ name: String) -> [SQLText] {
    column.companion.map {
      ["\(name: StoredTable.companionName(name, $0)) \(sql.dialect.text)"]
    } ?? []
  }

  // MARK: Coming back, going for good

  private func restore(
    _ design: TableDesign,
    _ id: Incarnation.ID,
    _ columns: [ColumnIncarnation],
    in operation: Int
  ) throws {
    let piece = try reader.piece(id)
    try open([id] + columns.map(\.id), in: operation)
    let place = Place(id: id, table: design.name, name: piece.storedName, component: design.id)
    let returned = Set(columns.map(\.column))
    let missing = design.columns.filter { $0.id.map { !returned.contains($0) } ?? false }
    try add(missing, to: place, in: operation)
    try dropKeys(of: place)
    for key in design.keys { try create(key, of: place) }
  }

  private func purge(_ piece: Piece, in operation: Int) throws {
    try purgeMoves("place = \(piece.id) OR incarnation = \(piece.id)", in: operation)
    if piece.place == nil {
      purged[piece.storedName] = nil
      try sql.execute("DROP TABLE \(name: piece.storedName)")
    } else {
      purged[try reader.storedTable(of: piece), default: []] += try storedColumns(of: piece)
    }
    try sql.execute(
      """
      UPDATE incarnation SET purged = \(operation)
      WHERE purged IS NULL AND (id = \(piece.id) OR place = \(piece.id))
      """
    )
  }

  /// Of a column, in its table: itself, and what the database keeps beside it.
  private func storedColumns(of piece: Piece) throws -> [String] {
    let there = Set(try sql.columns(of: try reader.storedTable(of: piece)))
    let companions = ColumnDesign.Companion.allCases.map {
      StoredTable.companionName(piece.storedName, $0)
    }
    let folded = StoredTable.foldedName(piece.storedName)
    return ([piece.storedName, folded] + companions).filter { there.contains($0) }
  }

  func dropPurged() throws {
    try drop(purged)
    purged = [:]
  }

  private func drop(_ columns: [String: [String]]) throws {
    for (table, columns) in columns.sorted(by: { $0.key < $1.key }) {
      try sql.dropColumns(columns, of: table)
    }
  }
}

extension ColumnType.Storage {
  /// The type that a database declares.
  func declared(in dialect: any SQLDialect) -> SQLText { inDatabase.declared(in: dialect) }

  var inDatabase: SQLTable.Storage {
    switch self {
    case .text: .text
    case .integer: .integer
    case .real: .real
    case .decimal: .decimal
    case .blob: .blob
    }
  }
}

extension PlanWriter {
  /// Tables of the system, and of all that is installed: for an environment that has none yet.
  func materialize() throws {
    for table in SystemBaseline.tableNames {
      try createTable(SystemBaseline.design(of: table), plainName(table))
    }
    try transaction.rows.seedRows()
    let state = try reader.whole()
    let changes = SchemaChanges(
      from: InstalledState(),
      to: state,
      kinds: kinds,
      start: state
    ).changes(of: Set(state.stacks.keys))
    for change in changes { try perform(change, in: state.revision) }
  }

  /// Tables and columns of the system that came after the environment was made.
  func addLaterTables() throws {
    for table in SystemBaseline.pairNames where try sql.columns(of: plainName(table)).isEmpty {
      try createTable(SystemBaseline.design(of: table), plainName(table))
    }
    for (table, names) in SystemBaseline.laterColumns.flatMap({ $0.sorted { $0.key < $1.key } }) {
      let there = Set(try sql.columns(of: plainName(table)))
      for column in SystemBaseline.design(of: table).columns
      where names.contains(column.name) && !there.contains(storedName(column)) {
        let line = declaration(of: column, storedName(column))
        try sql.execute("ALTER TABLE \(name: plainName(table)) ADD COLUMN \(line)")
      }
    }
  }
}

extension StoreReader {
  /// All tables of rows that a state has, the system's too.
  func designs(_ state: InstalledState) throws -> [TableDesign] {
    let system = try systemTables()
    let parts = state.partsByTable(kinds)
    let tables = state.stacks.keys.filter { kinds[$0.type].physical == .table }
    let all = Set(tables + system.map { .entity($0) })
    let links = state.stacks.keys.filter { kinds[$0.type].physical == .relationship }
    return all.map { state.design(ofTable: $0, parts: parts[$0] ?? [], kinds: kinds) }
      + links.compactMap { state.design(ofIntersect: $0) }
  }

  /// Where the tables differ from what the components ask for.
  func brokenTables(_ state: InstalledState) throws -> [String] {
    var broken: [String] = []
    func check(_ design: TableDesign) throws {
      guard let place = try place(named: design.name) else {
        broken.append("the table \(design.name) is missing in the database")
        return
      }
      let there = Set(try sql.columns(of: place.name))
      let stored = try storedColumns(of: place)
      let later = try laterColumns(of: design.name)
      for column in design.columns
      where !there.contains(stored[column.name] ?? sql.dialect.storedColumn(column.name))
        && !later.contains(column.name)
      {
        broken.append("the column \(design.name).\(column.name) is missing in the database")
      }
      for key in try keysWithoutIndex(design.keys, of: place) {
        broken.append("the key \(key) has no index")
      }
      let defined = Set(design.columns.map(\.name))
      for column in Set(stored.keys).subtracting(defined).sorted() {
        broken.append("the database has a column \(design.name).\(column) that nobody defines")
      }
    }
    let designs = try designs(state)
    for design in designs { try check(design) }
    let used = Set(designs.map(\.name))
    for column in try columnsElsewhere() {
      broken.append("the column \(column) in use lies in a table that is not")
    }
    for name in try placedTables() where !used.contains(name) {
      broken.append("the database has a table \(name) that nobody defines")
    }
    return broken
  }
}
