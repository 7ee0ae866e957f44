internal import FoundationEssentials
internal import GRDB
internal import SQL

/// A connection inside a transaction.
struct SQLiteSession: SQLSession {
  let database: Database
  /// nil where nothing is written: the driver ends what only reads.
  var cancellation: Cancellation?

  var dialect: any SQLDialect { SQLiteDialect() }

  func execute(_ text: SQLText) throws(SQLError) {
    let rendered = try self.rendered(text)
    do {
      let statement = try database.cachedStatement(sql: rendered.text)
      try statement.execute(arguments: arguments(rendered.values))
    } catch {
      throw SQLError(error, location: "the database")
    }
  }

  /// A statement that the database keeps, as it keeps it.
  func execute(verbatim text: String) throws(SQLError) {
    do {
      try database.execute(sql: text)
    } catch {
      throw SQLError(error, location: "the database")
    }
  }

  /// A run that is refused leaves nothing here, whatever is asked for.
  func prepare(_ text: SQLText, mayFail: Bool) throws(SQLError) -> any SQLStatement {
    let rendered = try self.rendered(text)
    let statement: Statement
    do {
      statement = try database.makeStatement(sql: rendered.text)
    } catch {
      throw SQLError(error, location: "the database")
    }
    return try SQLiteStatement(statement, rendered)
  }

  func insert(_ rows: SQLRows, into table: String, _ conflict: SQLConflict) throws(SQLError) {
    guard !rows.isEmpty else { return }
    let places = rows.columns.indices.map { "\(argument: $0)" as SQLText }
    let tail: SQLText = conflict == .kept ? " ON CONFLICT DO NOTHING" : ""
    let text: SQLText = """
      INSERT INTO \(name: table) (\(names: rows.columns)) VALUES (\(places.joined(separator: ", ")))\(tail)
      """
    let rendered = try self.rendered(text)
    let statement: Statement
    do {
      statement = try database.cachedStatement(sql: rendered.text)
    } catch {
      throw SQLError(error, location: "the database")
    }
    let prepared = try SQLiteStatement(statement, rendered)
    for row in 0..<rows.count { try prepared.execute(rows[row]) }
  }

  func apart<Value>(_ body: () throws -> Value) throws -> Value { try body() }

  func forEachRowOfMany(
    _ statement: SQLText.Rendered,
    _ arguments: [SQLValue],
    _ body: (SQLRow) throws -> Void
  ) throws { try forEachRow(statement, arguments, body) }

  func pieces(of table: String, rows step: Int) throws -> SQLPieces {
    let last = try row("SELECT MAX(rowid) FROM \(name: table)") { try $0.optionalInteger(0) ?? 0 }
    let rowsMax = last ?? 0
    let conditions = stride(from: 0, through: rowsMax, by: step).map { start -> SQLText in
      "rowid >= \(start) AND rowid < \(start + step)"
    }
    return SQLPieces(conditions, rowsMax: rowsMax, step: step)
  }

  /// A number is a name to the library, which looks for it among all others for each of them.
  private static func parameter(_ number: Int, _ areInOrder: Bool) -> String {
    areInOrder ? "?" : "?\(number)"
  }

  func checkpoint() throws { try cancellation?.check() }

  func columns(of table: String) throws -> [String] {
    try everyColumn(of: table).filter { !Self.isAside($0) }
  }

  /// Those put aside, too.
  func everyColumn(of table: String) throws -> [String] {
    try rows("SELECT name FROM pragma_table_info(\(table)) ORDER BY cid") { try $0.text(0) }
  }

  func table(_ table: String) throws -> SQLTable? {
    var primaryKey: [(place: Int, name: String)] = []
    let columns = try rows(
      "SELECT name, type, \(name: "notnull"), pk FROM pragma_table_info(\(table)) ORDER BY cid"
    ) { row -> SQLTable.Column? in
      let (name, place) = (try row.text(0), try row.integer(3))
      guard !Self.isAside(name) else { return nil }
      if place > 0 { primaryKey.append((place, name)) }
      return SQLTable.Column(
        name,
        Self.storage(declared: try row.text(1)),
        isRequired: try row.integer(2) == 1
      )
    }.compactMap(\.self)
    guard !columns.isEmpty else { return nil }
    var uniques: [String: [String]] = [:]
    try forEachRow(
      """
      SELECT list.name, info.name FROM pragma_index_list(\(table)) AS list
      JOIN pragma_index_info(list.name) AS info WHERE list.origin = 'u' ORDER BY list.name, info.seqno
      """
    ) { row in
      uniques[try row.text(0), default: []].append(try row.text(1))
    }
    return SQLTable(
      table,
      columns,
      primaryKey: primaryKey.sorted { $0.place < $1.place }.map(\.name),
      uniques: uniques.sorted { $0.key < $1.key }.map(\.value)
    )
  }

  /// As the database itself finds it out.
  private static func storage(declared type: String) -> SQLTable.Storage {
    let type = type.uppercased()
    if type.contains("INT") { return .integer }
    if type.contains("TEXT") || type.contains("CHAR") || type.contains("CLOB") { return .text }
    return type.isEmpty || type.contains("BLOB") ? .blob : .real
  }

  func indexes(of table: String) throws -> [String] {
    try rows(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = \(table) AND sql IS NOT NULL"
    ) { try $0.text(0) }
  }

  func objects() throws -> [String: SQLObject] {
    var found: [String: SQLObject] = [:]
    try forEachRow("SELECT name, type FROM sqlite_schema") { row in
      found[try row.text(0)] = SQLObject(rawValue: try row.text(1))
    }
    return found
  }

  func integrityFaults() throws -> [String] {
    var faults = try rows("PRAGMA integrity_check(20)") { try $0.text(0) }.filter { $0 != "ok" }
    var dangling: [String: Int] = [:]
    try forEachRow("PRAGMA foreign_key_check") { row in
      let (table, parent) = (try row.text(0), try row.text(2))
      dangling["of \(table) belong to a row of \(parent) that is not there", default: 0] += 1
    }
    faults += dangling.sorted { $0.key < $1.key }.map { "\($1) rows \($0)" }
    return faults
  }

  func rendered(_ text: SQLText) throws(SQLError) -> SQLText.Rendered {
    try text.rendered(Self.parameter)
  }

  func forEachRow(
    _ statement: SQLText.Rendered,
    _ arguments: [SQLValue],
    _ body: (SQLRow) throws -> Void
  ) throws {
    let prepared: Statement
    do {
      prepared = try database.cachedStatement(sql: statement.text)
    } catch {
      throw SQLError(error, location: "the database")
    }
    try SQLiteStatement(prepared, statement)
      .forEachRow(arguments, named: prepared.columnNames, body)
  }

  private func arguments(_ values: [SQLValue]) -> StatementArguments {
    StatementArguments(
      values.map { value -> (any DatabaseValueConvertible)? in
        switch value {
        case .null: nil
        case .integer(let integer): integer
        case .real(let number): number
        case .text(let text): text
        case .blob(let bytes): Data(bytes)
        }
      }
    )
  }
}
