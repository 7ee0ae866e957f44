internal import GRDB
internal import SQL

extension SQLError {
  init(_ error: any Error, location: String) {
    guard let error = error as? DatabaseError else {
      self.init(.other, "\(location): \(error)")
      return
    }
    self.init(
      Reason(error.extendedResultCode, error.message),
      "\(location): \(error.message ?? "it failed")",
      code: String(error.extendedResultCode.rawValue),
      statement: error.sql
    )
  }
}

extension SQLError.Reason {
  /// The only place where a code of SQLite means anything; codes match their families.
  init(_ code: ResultCode, _ message: String?) {
    switch code {
    case .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_ROWID:
      self = .notUnique(columns: Self.columns(in: message))
    case .SQLITE_FULL: self = .full
    case .SQLITE_READONLY: self = .readOnly
    case .SQLITE_IOERR: self = .unreadable
    case .SQLITE_CORRUPT: self = .damaged
    case .SQLITE_NOTADB: self = .foreign
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
    case .SQLITE_PERM, .SQLITE_AUTH: self = .noPrivilege
    case .SQLITE_INTERRUPT: self = .interrupted
    case .SQLITE_TOOBIG: self = .tooLarge
    // Brackets within brackets.
    case .SQLITE_ERROR where message?.hasPrefix("parser stack overflow") == true: self = .tooLarge
    case .SQLITE_ERROR where message?.hasPrefix("Expression tree is too large") == true:
      self = .tooLarge
    default: self = .other
    }
  }

  /// `UNIQUE constraint failed: data_t.a, data_t.b`.
  private static func columns(in message: String?) -> [String] {
    guard let list = message?.split(separator: ": ").last, list.contains(".") else { return [] }
    return list.split(separator: ", ").compactMap { $0.split(separator: ".").last.map(String.init) }
  }
}
