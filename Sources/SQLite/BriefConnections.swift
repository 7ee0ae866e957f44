internal import GRDB
internal import SQL
internal import Synchronization

/// Connections for what takes no longer than a look into an index: it is looked up where whoever asks is, so that no
/// thread has to wait for another.
///
/// As many as ask at once; none waits for those that read for long.
final class BriefConnections: Sendable {
  private let path: String
  private let configuration: Configuration
  private let free = Mutex<[DatabaseQueue]>([])

  init(path: String, configuration: Configuration) {
    self.path = path
    self.configuration = configuration
  }

  /// One consistent state.
  ///
  /// - Throws: `DatabaseError`, what the body throws.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let connection = try free.withLock { $0.popLast() } ?? made()
    defer { free.withLock { $0.append(connection) } }
    // Not by what the library has for reading: it forbids writing and allows it again each time, after which every
    // statement is prepared anew.
    // Nor by what it has for transactions, which it spells and reads anew each time.
    return try connection.inDatabase { database in
      try Self.run("BEGIN", database)
      do {
        let value = try body(database)
        try Self.run("COMMIT", database)
        return value
      } catch {
        if database.isInsideTransaction { try database.rollback() }
        throw error
      }
    }
  }

  private static func run(_ text: String, _ database: Database) throws {
    let statement = try database.cachedStatement(sql: text)
    try SQLiteStatement(statement, SQLText.Rendered(text)).execute([])
  }

  private func made() throws -> DatabaseQueue {
    var configuration = configuration
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA query_only = ON") }
    return try DatabaseQueue(path: path, configuration: configuration)
  }
}
