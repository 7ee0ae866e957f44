internal import Dispatch
internal import FoundationEssentials
internal import GRDB
internal import GRDBSQLite
package import SQL

/// An environment's file: WAL, one writer, many readers, full fsync on commit.
///
/// Opened for reading, nothing is written and no lock waited for: not by the opening, not by the closing of what may not
/// be written (docs/decisions/051).
///
/// - Throws: all of it: `SQLError`, and what the bodies given to it throw.
package final class SQLiteDatabase: SQLDatabase {
  /// Of the library that runs.
  package static var libraryVersion: String { String(cString: sqlite3_libversion()) }

  package let location: String
  package let isWritable: Bool
  private let connection: any DatabaseWriter
  /// nil where it is not written by this program.
  private let brief: BriefConnections?
  /// What the file was when it was opened without locks; nil where there are some.
  private let stamp: FileStamp?
  /// Whether there was no file before.
  private let isMade: Bool

  package let dialect: any SQLDialect = SQLiteDialect()

  package enum Mode: Sendable {
    case create
    /// As `create`, where a copy that was cut off may be.
    case copy
    case open
    /// As `open`, for a program that answers many: what takes long gives way to what is read briefly.
    case serve
    case read
  }

  /// Ends of the names of what lies beside a file for it; of its lock last.
  package static let companions = ["-wal", "-shm", "-journal", "-lock"]

  /// - Parameters:
  ///   - path: refused when something is in it and `mode` is `create`, or it is not there otherwise.
  ///   - patience: how many seconds to wait while other programs keep the file locked.
  package init(path: String, mode: Mode, patience: Double = 10) throws(SQLError) {
    location = path
    isWritable = mode != .read
    // SQLite reads what begins `file:` as an address with parameters, and a path is a path.
    let place = FilePlace(FilePlace.absolute(path))
    let isNew = mode == .create || mode == .copy
    if !isNew || place.isThere { try place.check() }
    if isNew { try place.requireApart() }
    if isNew, place.isThere, !Self.isBlank(place.path),
      mode == .create || !Self.isUnfinishedCopy(place.path)
    {
      throw SQLError(.exists, "\(path) exists")
    }
    var configuration = Configuration()
    configuration.label = "strata"
    // Of the driver's threads; what is read briefly is read on those of whoever asks (docs/decisions/178).
    configuration.qos = mode == .serve ? .utility : .default
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
      try SQLiteFunctions.register(in: database)
    }
    do {
      guard mode == .read else {
        if !isNew {
          if let reason = place.whyReadOnly { throw SQLError.readOnly(path, reason) }
          if Self.isForeign(place.path) {
            throw SQLError(.foreign, "\(path) holds something else")
          }
        }
        isMade = isNew && place.create()
        let pool = try DatabasePool(path: place.path, configuration: configuration)
        // The pool sets NORMAL; a commit that was reported has to be on disk.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        (connection, stamp) = (pool, nil)
        brief = BriefConnections(path: place.path, configuration: configuration)
        return
      }
      isMade = false
      brief = nil
      (connection, stamp) = try Self.reading(place, configuration)
    } catch let error as SQLError {
      throw error
    } catch {
      throw SQLError(error, location: path)
    }
  }

  /// A connection that never writes.
  ///
  /// Where one might write, it is opened as for writing, so that the log is merged and gone with the last connection as
  /// ever. Where one may not, a log with something in it is read where it lies; without one there is nobody to lock out,
  /// and the file is read as it is, without files beside it. What becomes of it meanwhile, `read` finds out.
  private static func reading(
    _ place: FilePlace,
    _ configuration: Configuration
  ) throws -> (any DatabaseWriter, FileStamp?) {
    var configuration = configuration
    if place.whyReadOnly == nil {
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA query_only = ON") }
      return (try DatabaseQueue(path: place.path, configuration: configuration), nil)
    }
    configuration.readonly = true
    guard place.logIsEmpty else {
      do {
        return (try DatabaseQueue(path: place.path, configuration: configuration), nil)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
        throw SQLError(
          .readOnly,
          "the last operations of \(place.path) still lie in \(place.path)-wal, and nothing can be made "
            + "beside it to read them",
          way: "copy both files into a folder that you may write, and read them there"
        )
      }
    }
    let stamp = place.stamp
    return (
      try DatabaseQueue(path: place.immutableURI, configuration: configuration), stamp
    )
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

  /// Whether nothing of ours is in a file: no environment, and no copy of one that was cut off.
  ///
  /// Where one cannot look, the opening tells.
  private static func isForeign(_ path: String) -> Bool {
    do {
      return try !has("strata_schema", path) && !has("strata_copy", path)
    } catch {
      return (error as? DatabaseError)?.resultCode == .SQLITE_NOTADB
    }
  }

  /// Whether a copy is there that was cut off.
  private static func isUnfinishedCopy(_ path: String) -> Bool {
    do {
      return try has("strata_copy", path) && !has("strata_schema", path)
    } catch {
      // Not a database at all, or one that nobody can read: somebody's file in any case.
      return false
    }
  }

  /// Looks for a table without a trace: opening the file would turn on its write-ahead log.
  private static func has(_ table: String, _ path: String) throws -> Bool {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { database in
      try database.tableExists(table)
    }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLReader) throws -> Value
  ) async throws -> Value {
    do {
      let value = try await rethrowing {
        try await self.connection.read { try body(SQLiteSession(database: $0)) }
      }
      try requireUnchanged()
      return value
    } catch {
      // Whatever it is that was found wrong in a file that changed meanwhile.
      try requireUnchanged()
      throw error
    }
  }

  package func readBriefly<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLReader) throws -> Value
  ) async throws -> Value {
    guard let brief else { return try await read(body) }
    return try await rethrowing {
      try brief.read { try body(SQLiteSession(database: $0)) }
    }
  }

  private func requireUnchanged() throws(SQLError) {
    guard let stamp, FilePlace(location).stamp != stamp else { return }
    throw SQLError(
      .changed,
      "\(location) was changed while it was read",
      way: "run the command again"
    )
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws -> Value {
    guard isWritable else { throw SQLError.readOnly(location, "it was opened to be read") }
    let cancellation = Cancellation()
    return try await shielded(from: cancellation) {
      try await self.connection.writeWithoutTransaction { database in
        var result: Value?
        try database.inTransaction(.immediate) {
          result = try body(SQLiteSession(database: database, cancellation: cancellation))
          return .commit
        }
        guard let result else { preconditionFailure("a transaction that commits has a result") }
        return result
      }
    }
  }

  /// Runs a body that hears of a cancellation only where it asks.
  ///
  /// The driver interrupts what a cancelled task does wherever it is, a commit too. So the task is one of its own, which
  /// nobody cancels; it is awaited here and outlives nothing.
  private func shielded<Value: Sendable>(
    from cancellation: Cancellation,
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = Task { try await body() }
    return try await rethrowing {
      try await withTaskCancellationHandler {
        try await task.value
      } onCancel: {
        cancellation.cancel()
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

  package func compact() async throws -> CompactedSize {
    guard isWritable else { throw SQLError.readOnly(location, "it was opened to be read") }
    let place = FilePlace(location).resolved
    // Both pass what is there through the log and back: a file that is cut off half way is as it was.
    return try await shielded(from: Cancellation()) {
      try await self.connection.writeWithoutTransaction { database in
        _ = try Self.mergeLog(in: database)
        let before = FilePlace.size(of: place)
        try database.inTransaction {
          try SQLiteSession(database: database).takeOutAside()
          return .commit
        }
        try database.execute(sql: "VACUUM")
        let isMerged = try Self.mergeLog(in: database)
        return CompactedSize(before: before, after: FilePlace.size(of: place), isHeld: !isMerged)
      }
    }
  }

  /// Whether all of the log is in the file now; who reads an older state keeps it out.
  private static func mergeLog(in database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
  }

  package func size() async throws -> Int { FilePlace.size(of: FilePlace(location).resolved) }

  package func drop() async throws {
    guard isWritable else { throw SQLError.readOnly(location, "it was opened to be read") }
    try FilePlace(location).remove()
  }

  package func discard() {
    guard isMade, Self.isBlank(FilePlace(location).path) else { return }
    do throws(SQLError) {
      try FilePlace(location).remove()
    } catch {
      // An empty file stays, which the next one takes for none.
    }
  }

  package func claim(waiting patience: Duration) async throws -> (any SQLClaim)? {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: patience)
    while true {
      if let claim = try FileClaim.take(beside: location) {
        // Whoever had it may have taken the file away.
        guard FilePlace(location).isThere else {
          throw SQLError(.missing, "\(location) does not exist any more")
        }
        return claim
      }
      let left = clock.now.duration(to: end)
      guard left > .zero else { return nil }
      // Nobody is told when such a lock is let go, so one looks again and again.
      try await Task.sleep(for: min(left, .milliseconds(50)))
    }
  }

  package func isClaimed() throws(SQLError) -> Bool? {
    FileClaim.isTaken(beside: location)
  }
}
