internal import Collation
internal import GRDB
internal import GRDBSQLite

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What statements may call beside SQLite's own functions.
///
/// No table and no index names them, so that other programs can read the file.
enum SQLiteFunctions {
  /// `strata_folded(text)` is what equal texts have in common, `strata_like(text, pattern)` whether that is like a pattern.
  static func register(in database: Database) throws {
    try register("strata_folded", 1, in: database) { context, _, values in
      SQLiteFunctions.fold(context, values?[0])
    }
    try register("strata_like", 2, in: database) { context, _, values in
      SQLiteFunctions.match(context, values?[0], values?[1])
    }
  }

  private static func register(
    _ name: String,
    _ arguments: CInt,
    in database: Database,
    _ function: @convention(c) (OpaquePointer?, CInt, UnsafeMutablePointer<OpaquePointer?>?) -> Void
  ) throws {
    let code = sqlite3_create_function_v2(
      database.sqliteConnection,
      name,
      arguments,
      SQLITE_UTF8 | SQLITE_DETERMINISTIC,
      nil,
      function,
      nil,
      nil,
      nil
    )
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  /// The result is copied at once.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private static func fold(_ context: OpaquePointer?, _ value: OpaquePointer?) {
    guard let text = bytes(value) else { return sqlite3_result_value(context, value) }
    // Most texts are folded already: nothing is made of them.
    if Collation.isFolded(text) { return sqlite3_result_value(context, value) }
    var folded = Collation.folded(String(decoding: text, as: UTF8.self))
    folded.withUTF8 { buffer in
      buffer.withMemoryRebound(to: CChar.self) {
        guard let base = $0.baseAddress else {
          return sqlite3_result_text(context, "", 0, transient)
        }
        sqlite3_result_text64(context, base, UInt64($0.count), transient, UInt8(SQLITE_UTF8))
      }
    }
  }

  private static func match(
    _ context: OpaquePointer?,
    _ value: OpaquePointer?,
    _ pattern: OpaquePointer?
  ) {
    guard sqlite3_value_type(value) != SQLITE_NULL, let pattern = bytes(pattern) else { return }
    let isLike: Bool
    if let text = bytes(value), Collation.isFolded(text) {
      isLike = Self.isLike(text, pattern)
    } else {
      let text = sqlite3_value_text(value).map { String(cString: $0) } ?? ""
      var folded = Collation.folded(text)
      isLike = folded.withUTF8 { Self.isLike(UnsafeRawBufferPointer($0), pattern) }
    }
    sqlite3_result_int(context, isLike ? 1 : 0)
  }

  private static func isLike(
    _ text: UnsafeRawBufferPointer,
    _ pattern: UnsafeRawBufferPointer
  ) -> Bool {
    guard let literal = literal(pattern) else {
      return sqlite3_strlike(
        String(decoding: pattern, as: UTF8.self),
        String(decoding: text, as: UTF8.self),
        UInt32(UInt8(ascii: "\\"))
      ) == 0
    }
    return holds(text, literal)
  }

  private static func holds(
    _ text: UnsafeRawBufferPointer,
    _ literal: UnsafeRawBufferPointer
  ) -> Bool {
    guard let sought = literal.baseAddress, let first = literal.first else { return true }
    guard var place = text.baseAddress, text.count >= literal.count else { return false }
    // Where the literal may begin.
    let end = place + (text.count - literal.count + 1)
    while place < end, let found = memchr(place, CInt(first), end - place) {
      if memcmp(found, sought, literal.count) == 0 { return true }
      place = UnsafeRawPointer(found) + 1
    }
    return false
  }

  /// What a text has to hold, where the pattern asks for nothing else: `%literal%`.
  private static func literal(_ pattern: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    let wild = UInt8(ascii: "%")
    guard pattern.count > 1, pattern.first == wild, pattern.last == wild else { return nil }
    let literal = UnsafeRawBufferPointer(rebasing: pattern[1..<pattern.count - 1])
    let isPlain = literal.allSatisfy {
      $0 != wild && $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "\\")
    }
    return isPlain ? literal : nil
  }

  /// A text where it lies: as a text it would be copied first, to end with a NUL.
  ///
  /// SAFETY: the bytes stay as they are for as long as the call lasts.
  private static func bytes(_ value: OpaquePointer?) -> UnsafeRawBufferPointer? {
    guard sqlite3_value_type(value) == SQLITE_TEXT else { return nil }
    let text = sqlite3_value_blob(value)
    return UnsafeRawBufferPointer(start: text, count: Int(sqlite3_value_bytes(value)))
  }
}
