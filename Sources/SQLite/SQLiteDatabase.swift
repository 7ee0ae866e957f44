internal import FoundationEssentials
internal import GRDB
package import SQL

/// An environment's file: WAL, one writer, many readers, full fsync on commit.
package final class SQLiteDatabase: SQLDatabase {
  package let location: String
  private let pool: DatabasePool

  package enum Mode: Sendable {
    case create
    case open
  }

  /// - Parameter path: refused when something is in it and `mode` is `create`, or it is not there and `mode` is `open`.
  package init(path: String, mode: Mode) throws(SQLError) {
    location = path
    let isThere = FileManager.default.fileExists(atPath: path)
    if mode == .create, isThere, !Self.isBlank(path) {
      throw SQLError(code: SQLError.exists, message: "\(path) exists")
    }
    if mode == .open, !isThere {
      throw SQLError(code: SQLError.missing, message: "\(path) does not exist")
    }
    if mode == .open, Self.isForeign(path) {
      throw SQLError(code: SQLError.foreign, message: "\(path) holds something else")
    }
    var configuration = Configuration()
    configuration.label = "strata"
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      // The pool sets NORMAL; a commit that was reported has to be on disk.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    } catch {
      throw SQLError(error, location: path)
    }
  }

  /// What a creation leaves that was cut off: a file with no table in it.
  private static func isBlank(_ path: String) -> Bool {
    do {
      return try DatabaseQueue(path: path).read { database in
        try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master") == 0
      }
    } catch {
      // Not a database at all, or one that nobody can read: somebody's file in any case.
      return false
    }
  }

  /// Whether nothing of ours is in a file.
  ///
  /// Looks without a trace: opening it would turn on its write-ahead log. Where one cannot look, the opening tells.
  private static func isForeign(_ path: String) -> Bool {
    var configuration = Configuration()
    configuration.readonly = true
    do {
      return try DatabaseQueue(path: path, configuration: configuration).read { database in
        try !database.tableExists("strata_schema")
      }
    } catch {
      return (error as? DatabaseError)?.resultCode == .SQLITE_NOTADB
    }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws -> Value {
    try await rethrowing { try await self.pool.read { try body(SQLiteSession(database: $0)) } }
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws -> Value {
    try await rethrowing {
      try await self.pool.writeWithoutTransaction { database in
        var result: Value?
        try database.inTransaction(.immediate) {
          result = try body(SQLiteSession(database: database))
          return .commit
        }
        guard let result else { preconditionFailure("a transaction that commits has a result") }
        return result
      }
    }
  }

  private func rethrowing<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch let error as DatabaseError {
      throw SQLError(error, location: location)
    }
  }

  package func claim() throws(SQLError) -> (any SQLClaim)? {
    try FileClaim.take(FileClaim.path(beside: location))
  }

  package func isClaimed() throws(SQLError) -> Bool {
    try FileClaim.isTaken(FileClaim.path(beside: location))
  }
}

extension SQLError {
  init(_ error: any Error, location: String) {
    guard let error = error as? DatabaseError else {
      self.init(code: "strata.open", message: "\(location): \(error)")
      return
    }
    self.init(
      code: String(error.extendedResultCode.rawValue),
      message: "\(location): \(error.message ?? "SQLite failed")",
      statement: error.sql
    )
  }
}
