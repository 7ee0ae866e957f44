internal import SQL
internal import Solutions

/// All that an environment keeps, as it is to be in another database.
struct Inventory: Sendable {
  /// Of the schema.
  let version: Int
  /// Of the state.
  let fingerprint: String
  /// Large tables of rows, to which nothing refers, and then all others, each behind what it refers to.
  let tables: [CopiedTable]
  /// How many large ones there are.
  let largeCount: Int
  /// What the other database calls tables and columns of rows.
  let storedNames: [Incarnation.ID: String]

  var rowsMax: Int { tables.map(\.rowsMax).reduce(0, +) }
}

struct CopiedTable: Sendable {
  /// In the database that it comes from.
  let source: String
  let sourceColumns: [String]
  /// In the one that it goes into.
  let name: String
  let columns: [String]
  /// nil for one that every environment has.
  let design: SQLTable?
  /// About how many there are, for progress.
  let rowsMax: Int
}

extension StoreReader {
  /// - Parameter rows: a table of rows with as many is a large one.
  /// - Throws: `CopyError` for what the other database has no room for, `StoreError.damaged` for a table that is missing.
  func inventory(
    at version: Int,
    for target: any SQLDialect,
    largeFrom rows: Int
  ) throws -> Inventory {
    let state = try whole()
    let own = try Schema.tables(at: version, sql.dialect).map { name in
      let columns = try sql.columns(of: name)
      return CopiedTable(
        source: name,
        sourceColumns: columns,
        name: name,
        columns: columns,
        design: nil,
        rowsMax: try rowsMax(of: name)
      )
    }
    var rowTables = try RowTables(self, state, target)
    let tables = try rowTables.all()
    let large = tables.filter { $0.rowsMax >= rows }
    return Inventory(
      version: version,
      fingerprint: state.fingerprint,
      tables: large + own + tables.filter { $0.rowsMax < rows },
      largeCount: large.count,
      storedNames: rowTables.storedNames
    )
  }

  fileprivate func rowsMax(of table: String) throws -> Int {
    try sql.pieces(of: table, rows: .max).rowsMax
  }
}

/// Tables of rows, dropped ones with them, and what migrations overwrote.
private struct RowTables {
  let reader: StoreReader
  let target: any SQLDialect
  let renaming: Renaming
  /// What the other database calls tables and columns of rows.
  private(set) var storedNames: [Incarnation.ID: String] = [:]
  /// How columns in use are kept, by table and column.
  private let present: [String: [String: SQLTable.Storage]]
  /// The same of what was dropped, when it was in use.
  private var former: [Former: [String: SQLTable.Storage]] = [:]
  /// How columns are kept, by what the database calls their tables and them.
  private var kept: [String: [String: SQLTable.Storage]] = [:]

  /// The table that columns lie in.
  private struct Home: Hashable {
    /// 0 for one of the system's.
    let place: Incarnation.ID
    let table: String
  }

  private struct Former: Hashable {
    let home: Home
    let revision: Int?
  }

  /// - Throws: `SQLError`.
  init(_ reader: StoreReader, _ state: InstalledState, _ target: any SQLDialect) throws {
    self.reader = reader
    self.target = target
    renaming = Renaming(source: reader.sql.dialect, target: target)
    present = Dictionary(
      try reader.designs(state).map { design in
        let columns = design.columns.map { ($0.name, $0.storage.inDatabase) }
        return (design.name, Dictionary(columns) { first, _ in first })
      }
    ) { first, _ in first }
  }

  mutating func all() throws -> [CopiedTable] {
    let pieces = try reader.pieces("1 = 1")
    let dropped = try dropped()
    let there = Set(try reader.pieces("purged IS NULL").map(\.id))
    for piece in pieces {
      storedNames[piece.id] =
        piece.place == nil
        ? renaming.table(piece.storedName, of: piece.table)
        : renaming.column(piece.storedName, of: logicalName(of: piece))
    }
    var tables: [CopiedTable] = []
    let columns = Dictionary(
      grouping: pieces.filter { $0.place != nil && there.contains($0.id) }
    ) { Home(place: $0.place ?? 0, table: $0.table) }
    for name in try reader.systemTables() {
      let place = Place(
        id: 0,
        table: name,
        name: reader.plainName(ofTable: name),
        component: nil
      )
      tables.append(try table(place, nil, columns[Home(place: 0, table: name)] ?? [], dropped))
    }
    for piece in pieces where piece.place == nil && there.contains(piece.id) {
      let place = Place(
        id: piece.id,
        table: piece.table,
        name: piece.storedName,
        component: piece.component
      )
      let own = columns[Home(place: piece.id, table: piece.table)] ?? []
      tables.append(try table(place, dropped[piece.id], own, dropped))
    }
    for move in try reader.storedMoves("1 = 1") { tables.append(try table(of: move)) }
    return tables
  }

  private func logicalName(of column: Piece) -> String {
    column.component.tableAndColumn?.column ?? column.component.key
  }

  /// The last revision at which each piece was in use, of those that are not.
  private func dropped() throws -> [Incarnation.ID: Int] {
    let rows = try reader.sql.rows(
      "SELECT incarnation, MAX(closed) FROM tenure GROUP BY incarnation HAVING COUNT(closed) = COUNT(*)"
    ) { (try $0.integer(0), max(try $0.integer(1) - 1, 0)) }
    return Dictionary(rows) { first, _ in first }
  }

  private mutating func table(
    _ place: Place,
    _ revision: Int?,
    _ pieces: [Piece],
    _ dropped: [Incarnation.ID: Int]
  ) throws -> CopiedTable {
    guard let found = try reader.sql.table(place.name) else {
      throw StoreError.damaged("the table \(place.name) is missing in the database")
    }
    let tracked = Dictionary(pieces.map { ($0.storedName, $0) }) { first, _ in first }
    var names: [String: String] = [:]
    var columns: [SQLTable.Column] = []
    for column in found.columns {
      // What lies beside a column is called like it, and behind a colon what it is.
      let base = String(column.name.prefix { $0 != ":" })
      let beside = column.name.dropFirst(base.count)
      let piece = tracked[base]
      let moment = piece.map { dropped[$0.id] } ?? revision
      let logical = try piece.map(logicalName) ?? untracked(base, place, moment)
      let name = renaming.column(base, of: logical) + beside
      let isDecimal =
        try column.storage == .text && beside.isEmpty
        && storages(place, moment)[logical] == .decimal
      names[column.name] = name
      let storage = isDecimal ? .decimal : column.storage
      kept[place.name, default: [:]][column.name] = storage
      columns.append(SQLTable.Column(name, storage, isRequired: column.isRequired))
    }
    guard columns.count <= target.columnsMax else {
      throw CopyError.tooWide(table: place.table, columns: columns.count, most: target.columnsMax)
    }
    let design = SQLTable(
      renaming.table(place.name, of: place.table),
      columns,
      primaryKey: found.primaryKey.map { names[$0] ?? $0 },
      uniques: found.uniques.map { $0.map { names[$0] ?? $0 } }
    )
    return CopiedTable(
      source: place.name,
      sourceColumns: found.columns.map(\.name),
      name: design.name,
      columns: columns.map(\.name),
      design: design,
      rowsMax: try reader.rowsMax(of: place.name)
    )
  }

  /// What everybody calls a column that every table of its kind has, and that nothing keeps track of.
  private mutating func untracked(
    _ stored: String,
    _ place: Place,
    _ revision: Int?
  ) throws -> String {
    let dialect = reader.sql.dialect
    if let reserved = dialect.reservedColumns.first(where: { dialect.storedColumn($0) == stored }) {
      return reserved
    }
    guard dialect.storedColumn(stored) != stored || stored.contains("~") else { return stored }
    return try storages(place, revision).keys.first { dialect.storedColumn($0) == stored } ?? stored
  }

  /// How the columns of a table are kept, as it was defined when what is asked for was in use.
  private mutating func storages(
    _ place: Place,
    _ revision: Int?
  ) throws -> [String: SQLTable.Storage] {
    if revision == nil, let known = present[place.table] { return known }
    let key = Former(home: Home(place: place.id, table: place.table), revision: revision)
    if let known = former[key] { return known }
    let columns = try reader.definedTable(place.table, place, at: revision)?.columns ?? []
    let found = Dictionary(columns.map { ($0.name, $0.type.storage.inDatabase) }) { first, _ in
      first
    }
    former[key] = found
    return found
  }

  /// What a migration overwrote is kept as the column keeps it.
  private func table(of move: StoredMove) throws -> CopiedTable {
    guard let found = try reader.sql.table(move.rows) else {
      throw StoreError.damaged("the table \(move.rows) is missing in the database")
    }
    let storage = move.stored.flatMap { kept[$0.table]?[$0.column] }
    let columns = found.columns.map { column in
      let isValue = column.name == "old" || column.name == "new"
      return SQLTable.Column(
        column.name,
        isValue ? storage ?? column.storage : column.storage,
        isRequired: column.isRequired
      )
    }
    return CopiedTable(
      source: move.rows,
      sourceColumns: columns.map(\.name),
      name: move.rows,
      columns: columns.map(\.name),
      design: SQLTable(
        move.rows,
        columns,
        primaryKey: found.primaryKey,
        uniques: found.uniques
      ),
      rowsMax: try reader.rowsMax(of: move.rows)
    )
  }
}
