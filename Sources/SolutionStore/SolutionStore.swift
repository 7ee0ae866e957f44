package import SQL
package import Solutions

/// An environment in a database.
package struct SolutionStore: Sendable {
  package let database: any SQLDatabase
  package let kinds: ComponentKinds

  /// An environment that is there; takes the migrations it lacks.
  package static func open(
    _ database: any SQLDatabase,
    kinds: ComponentKinds = .standard
  ) async throws -> SolutionStore {
    let location = database.location
    let version: Int = try await database.read { try Self.version(of: $0, location) }
    guard version <= Schema.version else {
      throw StoreError.tooNew(location: location, version: version, known: Schema.version)
    }
    if version < Schema.version {
      try await database.write { session in
        // Another process may have been faster.
        try migrate(session, from: try Self.version(of: session, location), kinds: kinds)
      }
    }
    return SolutionStore(database: database, kinds: kinds)
  }

  /// A new environment in an empty database.
  package static func create(
    in database: any SQLDatabase,
    id: GUID,
    at moment: Timestamp,
    kinds: ComponentKinds = .standard
  ) async throws -> SolutionStore {
    try await database.write { session in
      try session.execute("CREATE TABLE strata_schema (version BIGINT NOT NULL)")
      try session.execute("INSERT INTO strata_schema (version) VALUES (0)")
      try session.execute(
        "CREATE TABLE environment (id TEXT NOT NULL PRIMARY KEY, created BIGINT NOT NULL, revision BIGINT NOT NULL)"
      )
      try session.execute(
        "INSERT INTO environment (id, created, revision) VALUES ($1, $2, 0)",
        [.text(id.description), SQLValue(moment.milliseconds)]
      )
      try migrate(session, from: 0, kinds: kinds)
    }
    return SolutionStore(database: database, kinds: kinds)
  }

  private static func version(of session: any SQLSession, _ location: String) throws -> Int {
    do {
      let version = try session.row("SELECT version FROM strata_schema") { try $0.integer(0) }
      guard let version else { throw StoreError.notAnEnvironment(location) }
      return version
    } catch is SQLError {
      throw StoreError.notAnEnvironment(location)
    }
  }

  private static func migrate(
    _ session: any SQLSession,
    from version: Int,
    kinds: ComponentKinds
  ) throws {
    for migration in Schema.migrations.dropFirst(version) {
      for statement in migration(session.dialect) { try session.execute(statement) }
    }
    if version < Schema.withRows { try StoreSession(session, kinds: kinds).materialize() }
    try session.execute("UPDATE strata_schema SET version = $1", [SQLValue(Schema.version)])
  }

  /// Reads one consistent state.
  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (StoreSession) throws -> Value
  ) async throws -> Value {
    let kinds = kinds
    return try await database.read { try body(StoreSession($0, kinds: kinds)) }
  }

  /// One transaction.
  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (StoreSession) throws -> Value
  ) async throws -> Value {
    let kinds = kinds
    return try await database.write { try body(StoreSession($0, kinds: kinds)) }
  }
}
