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

  /// - Parameter path: refused when it exists and `mode` is `create`, or does not and it is `open`.
  package init(path: String, mode: Mode) throws(SQLError) {
    location = path
    let isThere = FileManager.default.fileExists(atPath: path)
    if mode == .create, isThere {
      throw SQLError(code: SQLError.exists, message: "\(path) exists")
    }
    if mode == .open, !isThere {
      throw SQLError(code: SQLError.missing, message: "\(path) does not exist")
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
    try FileClaim.take("\(location)-lock")
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
