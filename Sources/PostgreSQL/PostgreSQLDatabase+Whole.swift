package import SQL

/// What is done with a schema as a whole.
extension PostgreSQLDatabase {
  package func compact() async throws -> CompactedSize {
    guard isWritable else { throw SQLError.readOnly(location, "it was opened to be read") }
    return try await onThread {
      let connection = try Connection(self.address)
      try self.requireMaintaining(connection)
      let before = try self.size(connection)
      for table in try self.tables(connection) {
        let text: SQLText = "VACUUM (ANALYZE) \(name: self.address.schema).\(name: table)"
        try connection.run(try PostgreSQLSession.rendered(text))
      }
      return CompactedSize(before: before, after: try self.size(connection), isHeld: false)
    }
  }

  /// The server only warns of tables that it passes over, and has done nothing then.
  private func requireMaintaining(_ connection: Connection) throws(SQLError) {
    let may: SQLText =
      connection.version >= 170_000
      ? "has_table_privilege(c.oid, 'MAINTAIN')" : "pg_has_role(c.relowner, 'USAGE')"
    let text: SQLText = """
      SELECT c.relname \(isTable) AND NOT \(may) AND NOT EXISTS (
        SELECT 1 FROM pg_catalog.pg_database AS d
        WHERE d.datname = current_database() AND pg_has_role(d.datdba, 'USAGE')
      )
      """
    guard try connection.run(try PostgreSQLSession.rendered(text)).count > 0 else { return }
    throw SQLError(
      .noPrivilege,
      "\(location): its tables belong to somebody else, and only who owns them gives their space back; nothing was done",
      way: "run it as their owner"
    )
  }

  package func size() async throws -> Int {
    try await onThread {
      let connection = try self.lent()
      let size = try self.size(connection)
      try self.give(connection)
      return size
    }
  }

  /// All tables go by one statement, whatever refers to what; who reads one of them is waited for a while.
  ///
  /// Nothing outside of the schema goes with it: what depends on it keeps it where it is.
  package func drop() async throws {
    guard isWritable else { throw SQLError.readOnly(location, "it was opened to be read") }
    do {
      try await onThread { try self.dropping() }
    } catch let error as SQLError where error.code == "2BP01" {
      throw SQLError(
        .other,
        "\(location): something else is in the schema or depends on what is in it; nothing was changed (\(error.message))",
        code: error.code,
        way: "take that away first"
      )
    }
  }

  private func dropping() throws(SQLError) {
    let connection = try Connection(self.address)
    let schema = self.address.schema
    try connection.run("BEGIN; SET LOCAL lock_timeout = \(max(1, Int(self.patience * 1000)))")
    let tables = try self.tables(connection).map { "\(name: schema).\(name: $0)" as SQLText }
    if !tables.isEmpty {
      let text: SQLText = "DROP TABLE \(tables.joined(separator: ", "))"
      try connection.run(try PostgreSQLSession.rendered(text))
    }
    try connection.run(
      try PostgreSQLSession.rendered("SET LOCAL search_path TO \(name: schema)")
    )
    try connection.run(FoldFunction.removal)
    // Who was given a schema gives it back empty.
    if try isOwned(connection) {
      try connection.run(try PostgreSQLSession.rendered("DROP SCHEMA \(name: schema)"))
    }
    // Where a statement fails the connection goes, and the transaction with it.
    try connection.run("COMMIT")
  }

  private func isOwned(_ connection: Connection) throws(SQLError) -> Bool {
    let text: SQLText = """
      SELECT CAST(pg_has_role(n.nspowner, 'USAGE') AS INTEGER)
      FROM pg_catalog.pg_namespace AS n WHERE n.nspname = \(address.schema)
      """
    let reply = try connection.run(try PostgreSQLSession.rendered(text))
    guard reply.count > 0 else { return false }
    return try reply.row(0, names: ["owned"]).integer(0) == 1
  }

  /// The transaction that was to make it has left nothing.
  package func discard() {}

  /// Schemas in which an environment lies, or a copy of one that was cut off; sorted, with their addresses, which hold what
  /// is secret in that of the server.
  ///
  /// - Parameter server: an address as that of an environment, without a schema.
  /// - Throws: `SQLError` for another address, and where the server cannot be reached.
  package static func schemas(
    of server: String
  ) throws(SQLError) -> [(name: String, address: String)] {
    let connection = try Connection(try PostgreSQLAddress(server: server))
    let reply = try connection.run(
      try PostgreSQLSession.rendered(
        """
        SELECT n.nspname FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relname IN ('strata_schema', 'strata_copy') AND c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%'
        ORDER BY n.nspname COLLATE "C"
        """
      )
    )
    var found: [(String, String)] = []
    for row in 0..<reply.count {
      let name = try reply.row(row, names: ["schema"]).text(0)
      found.append((name, PostgreSQLAddress.text(of: name, at: server)))
    }
    return found
  }

  /// Takes the schema away, with all that is in it.
  ///
  /// - Throws: `SQLError`, where it cannot be done or the server cannot be reached.
  package static func drop(_ address: PostgreSQLAddress) throws(SQLError) {
    let text: SQLText = "DROP SCHEMA IF EXISTS \(name: address.schema) CASCADE"
    try Connection(address).run(try PostgreSQLSession.rendered(text))
  }

  private var isTable: SQLText {
    """
    FROM pg_catalog.pg_class AS c
    WHERE c.oid IN \(PostgreSQLSession.tables(of: address.schema)) AND c.relkind = 'r'
    """
  }

  private func size(_ connection: Connection) throws(SQLError) -> Int {
    let text: SQLText = """
      SELECT CAST(COALESCE(SUM(pg_total_relation_size(c.oid)), 0) AS BIGINT) \(isTable)
      """
    let reply = try connection.run(try PostgreSQLSession.rendered(text))
    return try reply.row(0, names: ["size"]).integer(0)
  }

  private func tables(_ connection: Connection) throws(SQLError) -> [String] {
    let reply = try connection.run(
      try PostgreSQLSession.rendered("SELECT c.relname \(isTable) ORDER BY c.relname")
    )
    var names: [String] = []
    for row in 0..<reply.count { names.append(try reply.row(row, names: ["name"]).text(0)) }
    return names
  }
}
