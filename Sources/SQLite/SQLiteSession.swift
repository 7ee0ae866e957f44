internal import FoundationEssentials
internal import GRDB
internal import SQL

/// A connection inside a transaction.
struct SQLiteSession: SQLSession {
  let database: Database

  var dialect: SQLDialect {
    SQLDialect(
      name: "SQLite",
      blob: "BLOB",
      decimal: "TEXT",
      real: "REAL",
      // All are names for the number of a row.
      reservedColumns: ["rowid", "oid", "_rowid_"]
    )
  }

  func execute(_ statement: String, _ values: [SQLValue]) throws(SQLError) {
    do {
      try database.cachedStatement(sql: statement).execute(arguments: arguments(values))
    } catch {
      throw SQLError(error, location: "SQLite")
    }
  }

  func prepare(_ statement: String) throws(SQLError) -> any SQLStatement {
    do {
      return try SQLiteStatement(database.makeStatement(sql: statement))
    } catch {
      throw SQLError(error, location: "SQLite")
    }
  }

  func columns(of table: String) throws -> [String] {
    try rows("SELECT name FROM pragma_table_info($1) ORDER BY cid", [.text(table)]) {
      try $0.text(0)
    }
  }

  func indexes(of table: String) throws -> [String] {
    try rows(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL",
      [.text(table)]
    ) { try $0.text(0) }
  }

  func integrityFaults() throws -> [String] {
    var faults = try rows("PRAGMA integrity_check(20)") { try $0.text(0) }.filter { $0 != "ok" }
    var dangling: [String: Int] = [:]
    try forEachRow("PRAGMA foreign_key_check", []) { row in
      let (table, parent) = (try row.text(0), try row.text(2))
      dangling["of \(table) belong to a row of \(parent) that is not there", default: 0] += 1
    }
    faults += dangling.sorted { $0.key < $1.key }.map { "\($1) rows \($0)" }
    return faults
  }

  func forEachRow(
    _ statement: String,
    _ values: [SQLValue],
    _ body: (SQLRow) throws -> Void
  ) throws {
    do {
      let prepared = try database.cachedStatement(sql: statement)
      let cursor = try Row.fetchCursor(prepared, arguments: arguments(values))
      while let row = try cursor.next() {
        try body(SQLRow((0..<row.count).map { value(row[$0] as DatabaseValue) }))
      }
    } catch let error as DatabaseError {
      throw SQLError(error, location: "SQLite")
    }
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

  private func value(_ value: DatabaseValue) -> SQLValue {
    switch value.storage {
    case .null: .null
    case .int64(let integer): .integer(integer)
    case .double(let number): .real(number)
    case .string(let text): .text(text)
    case .blob(let data): .blob([UInt8](data))
    }
  }
}
