internal import GRDB
internal import GRDBSQLite
internal import SQL

/// Binds and steps without a layer in between: for statements that run a million times.
final class SQLiteStatement: SQLStatement {
  /// Keeps the handle alive.
  private let statement: Statement
  private var handle: OpaquePointer { statement.sqliteStatement }

  /// Values of texts and bytes are copied at once, so nothing has to outlive the call.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private let argumentCount: Int

  /// - Parameter rendered: with the values that are the same each time it runs; they stay bound.
  init(_ statement: Statement, _ rendered: SQLText.Rendered) throws(SQLError) {
    self.statement = statement
    argumentCount = rendered.argumentCount
    try bind(rendered.values[...], after: argumentCount)
  }

  func execute(_ arguments: [SQLValue]) throws(SQLError) { try execute(arguments[...]) }

  func execute(_ arguments: ArraySlice<SQLValue>) throws(SQLError) {
    try bind(arguments)
    let code = sqlite3_step(handle)
    defer { sqlite3_reset(handle) }
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure() }
  }

  func row(_ arguments: [SQLValue]) throws(SQLError) -> SQLRow? {
    try bind(arguments[...])
    let code = sqlite3_step(handle)
    defer { sqlite3_reset(handle) }
    switch code {
    case SQLITE_DONE: return nil
    case SQLITE_ROW: return SQLRow((0..<sqlite3_column_count(handle)).map { value($0) })
    default: throw failure()
    }
  }

  /// Calls `body` for each row of the answer, as it comes.
  ///
  /// - Parameter names: of its columns.
  func forEachRow(
    _ arguments: [SQLValue],
    named names: [String],
    _ body: (SQLRow) throws -> Void
  ) throws {
    try bind(arguments[...])
    defer { sqlite3_reset(handle) }
    let columns = 0..<sqlite3_column_count(handle)
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_DONE: return
      case SQLITE_ROW: try body(SQLRow(columns.map { value($0) }, names: names))
      default: throw failure()
      }
    }
  }

  private func bind(_ arguments: ArraySlice<SQLValue>) throws(SQLError) {
    precondition(arguments.count == argumentCount, "a statement is given all its arguments")
    try bind(arguments, after: 0)
  }

  private func bind(_ values: ArraySlice<SQLValue>, after count: Int) throws(SQLError) {
    for index in values.indices {
      let place = Int32(count + index - values.startIndex + 1)
      try values[index].requireStorable()
      let code: Int32
      switch values[index] {
      case .null: code = sqlite3_bind_null(handle, place)
      case .integer(let value): code = sqlite3_bind_int64(handle, place, value)
      case .real(let value): code = sqlite3_bind_double(handle, place, value)
      case .text(var text):
        code = text.withUTF8 { buffer in
          buffer.withMemoryRebound(to: CChar.self) {
            // A null pointer would be no value; an empty text is one.
            guard let base = $0.baseAddress else {
              return sqlite3_bind_text(handle, place, "", 0, Self.transient)
            }
            let count = UInt64($0.count)
            return sqlite3_bind_text64(
              handle,
              place,
              base,
              count,
              Self.transient,
              UInt8(SQLITE_UTF8)
            )
          }
        }
      case .blob(let bytes):
        code =
          bytes.isEmpty
          ? sqlite3_bind_zeroblob(handle, place, 0)
          : sqlite3_bind_blob64(handle, place, bytes, UInt64(bytes.count), Self.transient)
      }
      guard code == SQLITE_OK else { throw failure() }
    }
  }

  private func value(_ column: Int32) -> SQLValue {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, column))
    case SQLITE_TEXT:
      guard let text = sqlite3_column_text(handle, column) else { return .null }
      let count = Int(sqlite3_column_bytes(handle, column))
      return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      guard let bytes = sqlite3_column_blob(handle, column) else { return .blob([]) }
      let count = Int(sqlite3_column_bytes(handle, column))
      return .blob([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
    default: return .null
    }
  }

  private func failure() -> SQLError {
    let database = sqlite3_db_handle(handle)
    let (code, message) = (
      sqlite3_extended_errcode(database), String(cString: sqlite3_errmsg(database))
    )
    return SQLError(
      SQLError.Reason(ResultCode(rawValue: code), message),
      message,
      code: String(code),
      statement: statement.sql
    )
  }
}
