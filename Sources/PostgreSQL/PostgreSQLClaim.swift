internal import SQL
internal import Synchronization

/// A lock of the server that a connection of its own holds: it ends with the connection, and so with the process.
final class PostgreSQLClaim: SQLClaim {
  private let connection: Connection
  private let key: Int64

  private init(_ connection: Connection, _ key: Int64) {
    (self.connection, self.key) = (connection, key)
  }

  /// Given back in so many words: of the end of a connection the server may hear after whoever asks next.
  deinit {
    guard connection.isAlive else { return }
    do throws(SQLError) {
      let text: SQLText = "SELECT pg_advisory_unlock(\(.integer(key)))"
      try connection.run(try PostgreSQLSession.rendered(text))
    } catch {
      // It ends with the connection, a little later.
    }
  }

  /// What a schema is locked by: those who wait for one do not wait for another.
  enum Key: String {
    /// An operation, from its beginning to its end.
    case operation
    /// A transaction that writes.
    case transaction

    func number(of schema: String) -> Int64 {
      let hash = "strata \(rawValue) \(schema)".utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01B3
      }
      return Int64(bitPattern: hash)
    }
  }

  /// A connection that waits for its turn, and keeps it.
  struct Waiting {
    private let connection: Connection
    private let key: Int64

    init(_ address: PostgreSQLAddress) throws(SQLError) {
      connection = try Connection(address)
      key = Key.operation.number(of: address.schema)
      // The server hears soon that the other end is gone, and does not end what waits for a long operation.
      try connection.run(
        """
        SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3
        """
      )
    }

    /// nil when another has it.
    func take() throws(SQLError) -> PostgreSQLClaim? {
      let text: SQLText = "SELECT pg_try_advisory_lock(\(.integer(key)))"
      let reply = try connection.run(try PostgreSQLSession.rendered(text))
      let isTaken = try reply.row(0, names: ["taken"]).integer(0) == 1
      return isTaken ? PostgreSQLClaim(connection, key) : nil
    }
  }

  /// Whether somebody has it; every user may look.
  static func isTaken(_ schema: String, _ connection: Connection) throws(SQLError) -> Bool {
    let key = UInt64(bitPattern: Key.operation.number(of: schema))
    let text: SQLText = """
      SELECT COUNT(*) FROM pg_catalog.pg_locks
      WHERE locktype = 'advisory' AND granted AND objsubid = 1
        AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
        AND CAST(classid AS BIGINT) = \(Int(key >> 32)) AND CAST(objid AS BIGINT) = \(Int(key & 0xFFFF_FFFF))
      """
    let reply = try connection.run(try PostgreSQLSession.rendered(text))
    return try reply.row(0, names: ["count"]).integer(0) > 0
  }
}
