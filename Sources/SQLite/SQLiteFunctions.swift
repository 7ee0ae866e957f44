internal import Collation
internal import GRDB
internal import GRDBSQLite

/// What statements may call beside SQLite's own functions.
enum SQLiteFunctions {
  /// `strata_folded(text)` is what equal texts have in common.
  ///
  /// No table and no index names it, so that other programs can read the file.
  static func register(in database: Database) throws {
    let code = sqlite3_create_function_v2(
      database.sqliteConnection,
      "strata_folded",
      1,
      SQLITE_UTF8 | SQLITE_DETERMINISTIC,
      nil,
      { context, _, values in SQLiteFunctions.fold(context, values?[0]) },
      nil,
      nil,
      nil
    )
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  /// The result is copied at once.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private static func fold(_ context: OpaquePointer?, _ value: OpaquePointer?) {
    // As bytes a text is read where it lies; as a text it would be copied first, to end with a NUL.
    guard sqlite3_value_type(value) == SQLITE_TEXT, let text = sqlite3_value_blob(value) else {
      return sqlite3_result_value(context, value)
    }
    let bytes = UnsafeRawBufferPointer(start: text, count: Int(sqlite3_value_bytes(value)))
    // Most texts are folded already: nothing is made of them.
    if Collation.isFolded(bytes) { return sqlite3_result_value(context, value) }
    // SAFETY: the bytes stay as they are for as long as the call lasts.
    var folded = Collation.folded(String(decoding: bytes, as: UTF8.self))
    folded.withUTF8 { buffer in
      buffer.withMemoryRebound(to: CChar.self) {
        guard let base = $0.baseAddress else {
          return sqlite3_result_text(context, "", 0, transient)
        }
        sqlite3_result_text64(context, base, UInt64($0.count), transient, UInt8(SQLITE_UTF8))
      }
    }
  }
}
