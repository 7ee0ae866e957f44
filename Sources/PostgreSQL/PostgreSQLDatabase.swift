internal import Clibpq
internal import Dispatch
package import SQL
internal import Synchronization

/// An environment in a schema of a server: one writer, many readers.
///
/// What reads sees one state (`REPEATABLE READ`); what writes is one transaction, and no other writes meanwhile.
///
/// - Throws: all of it: `SQLError`, and what the bodies given to it throw.
package final class PostgreSQLDatabase: SQLDatabase {
  /// Of the library that speaks to servers.
  package static var libraryVersion: String {
    let number = PQlibVersion()
    return "\(number / 10_000).\(number % 10_000)"
  }

  package var location: String { address.location }
  package let isWritable: Bool
  package let dialect: any SQLDialect = PostgreSQLDialect()
  let address: PostgreSQLAddress
  /// How long to wait while other programs lock tables, in seconds.
  let patience: Double
  /// Whether the schema is still to be made.
  private let isNew: Mutex<Bool>
  /// Connections that nobody uses now.
  private let idle = Mutex<[Connection]>([])

  package enum Mode: Sendable {
    case create
    /// As `create`, where a copy that was cut off may be.
    case copy
    case open
    case read
  }

  /// - Parameter address: refused when something is in the schema and `mode` is `create`, or it is not there otherwise.
  package init(
    _ address: PostgreSQLAddress,
    mode: Mode,
    patience: Double = 10
  ) throws(SQLError) {
    self.address = address
    self.patience = patience
    isWritable = mode != .read
    let connection = try Connection(address)
    isNew = Mutex(try Self.isNew(address, mode, connection))
    idle.withLock { $0.append(connection) }
  }

  /// Whether the schema is still to be made, or is there with nothing in it.
  private static func isNew(
    _ address: PostgreSQLAddress,
    _ mode: Mode,
    _ connection: Connection
  ) throws(SQLError) -> Bool {
    let text: SQLText = """
      SELECT has_schema_privilege(n.oid, 'USAGE'),
        EXISTS (SELECT 1 FROM pg_catalog.pg_depend AS d
          WHERE d.refclassid = CAST('pg_catalog.pg_namespace' AS REGCLASS) AND d.refobjid = n.oid),
        EXISTS (SELECT 1 FROM pg_catalog.pg_class AS c
          WHERE c.relnamespace = n.oid AND c.relkind = 'r' AND c.relname = 'strata_copy')
      FROM pg_catalog.pg_namespace AS n WHERE n.nspname = \(address.schema)
      """
    let reply = try connection.run(try PostgreSQLSession.rendered(text))
    guard reply.count > 0 else {
      guard mode != .create, mode != .copy else { return true }
      throw SQLError(.missing, "\(address.location): there is no schema \(address.schema)")
    }
    let row = try reply.row(0, names: ["usage", "holds", "copy"])
    guard try row.integer(0) == 1 else {
      throw SQLError(
        .noPrivilege,
        "\(address.location): the schema \(address.schema) is not for this user",
        way: "ask its owner for the right"
      )
    }
    let holds = try row.integer(1) == 1
    switch mode {
    case .open, .read: return false
    case .copy where try row.integer(2) == 1: return false
    case .create, .copy:
      guard !holds else { throw SQLError(.exists, "\(address.location) exists") }
      return true
    }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLReader) throws -> Value
  ) async throws -> Value {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      do {
        return try await onThread { try self.reading(cancellation, body) }
      } catch {
        if cancellation.isCancelled { throw CancellationError() }
        throw error
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  private func reading<Value>(
    _ cancellation: Cancellation,
    _ body: (any SQLReader) throws -> Value
  ) throws -> Value {
    let connection = try begin("ISOLATION LEVEL REPEATABLE READ READ ONLY")
    let session = PostgreSQLSession(
      connection,
      schema: address.schema,
      cancellation,
      endsBetweenRows: true
    )
    return try cancellation.interrupting(connection) {
      try ending(connection) { try body(session) }
    }
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws -> Value {
    guard isWritable else { throw SQLError.readOnly(location, "it was opened to be read") }
    let cancellation = Cancellation()
    // A task that nobody cancels; it is awaited here and outlives nothing.
    let task = Task { try await onThread { try self.writing(cancellation, body) } }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      cancellation.cancel()
    }
  }

  private func writing<Value>(
    _ cancellation: Cancellation,
    _ body: (any SQLSession) throws -> Value
  ) throws -> Value {
    // What is read before the lock is there would be of a state before.
    let connection = try begin("ISOLATION LEVEL READ COMMITTED")
    return try ending(connection) {
      let milliseconds = max(1, Int(patience * 1000))
      try connection.run("SET LOCAL lock_timeout = \(milliseconds)")
      let key = PostgreSQLClaim.Key.transaction.number(of: address.schema)
      let locked = try connection.run(
        try PostgreSQLSession.rendered(
          """
          SELECT CAST(pg_is_in_recovery() AS INTEGER),
            CAST(CAST(current_setting('transaction_read_only') AS BOOLEAN) AS INTEGER)
          FROM pg_advisory_xact_lock(\(.integer(key)))
          """
        )
      )
      try self.requireChanging(try locked.row(0, names: ["standby", "readonly"]))
      let isFirst = isNew.withLock { $0 }
      if isFirst { try make(on: connection) }
      let value = try body(
        PostgreSQLSession(
          connection,
          schema: address.schema,
          cancellation,
          endsBetweenRows: false,
          patience: patience
        )
      )
      if isFirst { isNew.withLock { $0 = false } }
      return value
    }
  }

  private func requireChanging(_ standing: SQLRow) throws(SQLError) {
    guard try standing.integer(0) == 0 else {
      throw SQLError.readOnly(location, "its server is a standby")
    }
    guard try standing.integer(1) == 0 else {
      throw SQLError.readOnly(location, "default_transaction_read_only is on")
    }
  }

  private func make(on connection: Connection) throws(SQLError) {
    // Whoever has a schema may have no right to make another one.
    let known: SQLText = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = \(address.schema)"
    if try connection.run(try PostgreSQLSession.rendered(known)).count == 0 {
      let schema: SQLText = "CREATE SCHEMA \(name: address.schema)"
      try connection.run(try PostgreSQLSession.rendered(schema))
    }
    for statement in FoldFunction.statements { try connection.run(statement) }
  }

  // MARK: Transactions

  /// A connection inside a transaction; one that the server has let go meanwhile gives way to another.
  private func begin(_ kind: String) throws(SQLError) -> Connection {
    let path = try PostgreSQLSession.rendered(
      "SET LOCAL search_path TO \(name: address.schema)"
    ).text
    // A copy that goes on wants rows in the order of before, and not where somebody else reads now.
    let script =
      "BEGIN \(kind); \(path); SET LOCAL cursor_tuple_fraction = 1; SET LOCAL synchronize_seqscans = off"
    if let known = idle.withLock({ $0.popLast() }) {
      do throws(SQLError) {
        try known.run(script)
        return known
      } catch {
        // Another one says it better.
        guard !known.isAlive else { throw error }
      }
    }
    let new = try Connection(address)
    try new.run(script)
    return new
  }

  /// Commits what a body has done, or takes it back.
  private func ending<Value>(_ connection: Connection, _ body: () throws -> Value) throws -> Value {
    let value: Value
    do {
      value = try body()
    } catch {
      // A connection that is lost has ended it.
      if connection.isAlive {
        do throws(SQLError) {
          try connection.run("ROLLBACK")
          try give(connection)
        } catch {
          // What went wrong first is what is told; the connection is let go, and the transaction with it.
        }
      }
      throw error
    }
    let tag: String
    do throws(SQLError) {
      tag = try connection.tag(of: "COMMIT")
    } catch {
      guard !connection.isAlive else { throw error }
      throw SQLError(
        .disconnected,
        "\(location): the connection was lost while the end was written, so that it is not known whether it was",
        code: error.code,
        way: "strata status tells whether the operation is there"
      )
    }
    guard tag == "COMMIT" else {
      throw SQLError(.other, "\(location): a statement failed, so that nothing was changed")
    }
    try give(connection)
    return value
  }

  /// A connection outside of a transaction.
  func lent() throws(SQLError) -> Connection {
    let known = idle.withLock { $0.popLast() }
    return if let known, known.isAlive { known } else { try Connection(address) }
  }

  /// Keeps a connection for the next one.
  func give(_ connection: Connection) throws(SQLError) {
    try connection.forget()
    idle.withLock { connections in
      if connections.count < Self.idleMax { connections.append(connection) }
    }
  }

  private static let idleMax = 4

  /// The library waits for the server, and a thread with it.
  func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "strata.postgresql").async {
        continuation.resume(with: Swift.Result { try body() })
      }
    }
  }

  // MARK: Beside transactions

  package func claim(waiting patience: Duration) async throws -> (any SQLClaim)? {
    let clock = ContinuousClock()
    // The server hears a moment late that a holder is gone.
    let end = clock.now.advanced(by: max(patience, .milliseconds(200)))
    let waiting = try await onThread { try PostgreSQLClaim.Waiting(self.address) }
    while true {
      if let claim = try await onThread({ try waiting.take() }) { return claim }
      let left = clock.now.duration(to: end)
      guard left > .zero else { return nil }
      try await Task.sleep(for: min(left, .milliseconds(50)))
    }
  }

  package func isClaimed() throws(SQLError) -> Bool? {
    let connection = try lent()
    let isTaken = try PostgreSQLClaim.isTaken(address.schema, connection)
    try give(connection)
    return isTaken
  }
}
