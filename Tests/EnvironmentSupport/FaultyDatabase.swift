package import SQL
internal import Synchronization

/// A database whose disk fails, or where something happens, at a chosen statement.
package final class FaultyDatabase: SQLDatabase {
  package enum Fault: Sendable {
    /// One statement fails, and all is well again.
    case once
    /// From this statement on, all fail: the disk is full.
    case lasting
    /// Nothing fails, but somebody does something meanwhile.
    case happening(@Sendable () -> Void)
  }

  private struct Setting {
    let fault: Fault
    /// How many statements of transactions that write still work.
    let statements: Int
  }

  private let database: any SQLDatabase
  private let setting = Mutex<Setting?>(nil)

  package init(_ database: any SQLDatabase) { self.database = database }

  package func fail(after statements: Int, _ fault: Fault) {
    setting.withLock { $0 = Setting(fault: fault, statements: statements) }
  }

  package func mend() { setting.withLock { $0 = nil } }

  fileprivate func count() throws(SQLError) {
    let fault = setting.withLock { setting -> Fault? in
      guard let now = setting else { return nil }
      guard now.statements == 0 else {
        setting = Setting(fault: now.fault, statements: now.statements - 1)
        return nil
      }
      if case .lasting = now.fault { return now.fault }
      setting = nil
      return now.fault
    }
    switch fault {
    case nil: return
    case .happening(let happen): happen()
    case .once, .lasting: throw SQLError(.full, "database or disk is full", code: "13")
    }
  }

  package var location: String { database.location }

  package var isWritable: Bool { database.isWritable }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLReader) throws -> Value
  ) async throws -> Value {
    try await database.read(body)
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws -> Value {
    try await database.write { try body(FaultySession(session: $0, database: self)) }
  }

  package var dialect: any SQLDialect { database.dialect }

  package func size() async throws -> Int { try await database.size() }

  package func drop() async throws { try await database.drop() }

  package func discard() { database.discard() }

  package func compact() async throws -> CompactedSize { try await database.compact() }

  package func claim(waiting patience: Duration) async throws -> (any SQLClaim)? {
    try await database.claim(waiting: patience)
  }

  package func isClaimed() throws(SQLError) -> Bool? { try database.isClaimed() }
}

private struct FaultySession: SQLSession {
  let session: any SQLSession
  let database: FaultyDatabase

  var dialect: any SQLDialect { session.dialect }

  func execute(_ text: SQLText) throws(SQLError) {
    try database.count()
    try session.execute(text)
  }

  func reserve(_ tables: [String]) throws {
    try database.count()
    try session.reserve(tables)
  }

  func dropColumns(_ columns: [String], of table: String) throws {
    try database.count()
    try session.dropColumns(columns, of: table)
  }

  /// Preparing and each run count.
  func prepare(_ text: SQLText, mayFail: Bool) throws(SQLError) -> any SQLStatement {
    try database.count()
    return FaultyStatement(try session.prepare(text, mayFail: mayFail), database)
  }

  func insert(_ rows: SQLRows, into table: String, _ conflict: SQLConflict) throws(SQLError) {
    try database.count()
    try session.insert(rows, into: table, conflict)
  }

  func pieces(of table: String, rows: Int) throws -> SQLPieces {
    try database.count()
    return try session.pieces(of: table, rows: rows)
  }

  func apart<Value>(_ body: () throws -> Value) throws -> Value { try session.apart(body) }

  func table(_ name: String) throws -> SQLTable? {
    try database.count()
    return try session.table(name)
  }

  func indexes(of table: String) throws -> [String] {
    try database.count()
    return try session.indexes(of: table)
  }

  func objects() throws -> [String: SQLObject] {
    try database.count()
    return try session.objects()
  }

  func integrityFaults() throws -> [String] { try session.integrityFaults() }

  func checkpoint() throws { try session.checkpoint() }

  func columns(of table: String) throws -> [String] {
    try database.count()
    return try session.columns(of: table)
  }

  func rendered(_ text: SQLText) throws(SQLError) -> SQLText.Rendered {
    try session.rendered(text)
  }

  func forEachRow(
    _ statement: SQLText.Rendered,
    _ arguments: [SQLValue],
    _ body: (SQLRow) throws -> Void
  ) throws {
    try database.count()
    try session.forEachRow(statement, arguments, body)
  }

  func forEachRowOfMany(
    _ statement: SQLText.Rendered,
    _ arguments: [SQLValue],
    _ body: (SQLRow) throws -> Void
  ) throws {
    try database.count()
    try session.forEachRowOfMany(statement, arguments, body)
  }
}

private final class FaultyStatement: SQLStatement {
  private let statement: any SQLStatement
  private let database: FaultyDatabase

  init(_ statement: any SQLStatement, _ database: FaultyDatabase) {
    self.statement = statement
    self.database = database
  }

  func execute(_ arguments: [SQLValue]) throws(SQLError) {
    try database.count()
    try statement.execute(arguments)
  }

  func row(_ arguments: [SQLValue]) throws(SQLError) -> SQLRow? {
    try database.count()
    return try statement.row(arguments)
  }

  var runsAtOnce: Int { statement.runsAtOnce }

  func runEach(
    _ runs: [[SQLValue]],
    told: (Int, Result<SQLRow?, SQLError>) throws -> Void
  ) throws {
    for _ in runs { try database.count() }
    try statement.runEach(runs, told: told)
  }
}
