package import SQL
package import Solutions

/// An environment in a database.
///
/// - Throws: all of it: `SQLError` of the database, `StoreError` where it is no environment, or one of another version.
package struct SolutionStore: Sendable {
  /// Of environments: those up to this one can be opened.
  package static let schemaVersion = Schema.version

  package let database: any SQLDatabase
  package let kinds: ComponentKinds
  /// What people should know of what the opening changed, in words.
  package var notices: [String] = []

  /// An environment that is there; takes the migrations it lacks, unless it is only to be read.
  package static func open(
    _ database: any SQLDatabase,
    kinds: ComponentKinds = .standard
  ) async throws -> SolutionStore {
    let location = database.location
    let version: Int = try await Self.told(location) {
      try await database.read { sql in
        let version = try Self.version(of: sql, location)
        guard version <= Schema.version else {
          throw StoreError.tooNew(location: location, version: version, known: Schema.version)
        }
        let faults = try Schema.faults(sql, at: version)
        guard faults.isEmpty else {
          throw StoreError.otherSchema(location: location, faults)
        }
        return version
      }
    }
    guard database.isWritable else {
      guard version >= Schema.readable else {
        throw StoreError.tooOld(location: location, version: version, known: Schema.version)
      }
      return SolutionStore(database: database, kinds: kinds)
    }
    var store = SolutionStore(database: database, kinds: kinds)
    if version < Schema.version {
      store.notices = try await Self.write(database) { session in
        // Another process may have been faster, and of a newer release.
        let version = try Self.version(of: session, location)
        guard version <= Schema.version else {
          throw StoreError.tooNew(location: location, version: version, known: Schema.version)
        }
        return try migrate(session, from: version, kinds: kinds)
      }
    }
    return store
  }

  /// A new environment in an empty database.
  package static func create(
    in database: any SQLDatabase,
    id: GUID,
    at moment: Timestamp,
    kinds: ComponentKinds = .standard
  ) async throws -> SolutionStore {
    let location = database.location
    try await database.write { session in
      guard try session.columns(of: "strata_schema").isEmpty else {
        throw SQLError(.exists, "\(location) exists")
      }
      try Schema.make(at: 0, in: session)
      try session.execute("INSERT INTO strata_schema (version) VALUES (0)")
      try session.execute(
        """
        INSERT INTO environment (id, created, revision)
        VALUES (\(id.description), \(moment.milliseconds), 0)
        """
      )
      _ = try migrate(session, from: 0, kinds: kinds)
    }
    return SolutionStore(database: database, kinds: kinds)
  }

  static func version(of session: any SQLReader, _ location: String) throws -> Int {
    guard try !session.columns(of: "strata_schema").isEmpty,
      let row = try session.row("SELECT version FROM strata_schema", { $0 })
    else {
      guard let copy = try ArrivedCopy.found(in: session) else {
        throw StoreError.notAnEnvironment(location)
      }
      throw StoreError.unfinishedCopy(location: location, source: copy.source)
    }
    do {
      return try row.integer(0)
    } catch {
      throw StoreError.otherSchema(location: location, ["in strata_schema, \(error.message)"])
    }
  }

  private static func migrate(
    _ session: any SQLSession,
    from version: Int,
    kinds: ComponentKinds
  ) throws -> [String] {
    for migration in Schema.migrations.dropFirst(version) {
      for statement in migration(session.dialect) { try session.execute(statement) }
    }
    if version < Schema.withSeal {
      try StoreTransaction(session, kinds: kinds).seal()
    }
    if version < Schema.withRows {
      try PlanWriter(StoreTransaction(session, kinds: kinds)).materialize()
    }
    if version < Schema.withReferences {
      try PlanWriter(StoreTransaction(session, kinds: kinds)).deriveReferences()
    }
    if version >= Schema.withRows, version < Schema.withColumns.last ?? 0 {
      try PlanWriter(StoreTransaction(session, kinds: kinds)).addLaterTables()
    }
    var notices: [String] = []
    if version >= Schema.withRows, version < Schema.withFoldedKeys {
      notices = try PlanWriter(StoreTransaction(session, kinds: kinds)).foldKeys()
    }
    try session.execute("UPDATE strata_schema SET version = \(Schema.version)")
    return notices
  }

  /// Reads one consistent state.
  ///
  /// - Parameter isBrief: it takes no longer than a look into an index.
  package func read<Value: Sendable>(
    isBrief: Bool = false,
    _ body: @escaping @Sendable (StoreReader) throws -> Value
  ) async throws -> Value {
    let (kinds, database) = (kinds, database)
    return try await Self.told(database.location) {
      isBrief
        ? try await database.readBriefly { try body(StoreReader($0, kinds: kinds)) }
        : try await database.read { try body(StoreReader($0, kinds: kinds)) }
    }
  }

  /// One transaction; refused when a newer release has migrated the environment since it was opened.
  ///
  /// - Parameter onStep: told the name of each step of what is written.
  package func write<Value: Sendable>(
    onStep: @escaping @Sendable (String) -> Void = { _ in },
    _ body: @escaping @Sendable (StoreTransaction) throws -> Value
  ) async throws -> Value {
    let (kinds, location) = (kinds, database.location)
    return try await Self.write(database) { session in
      let version = try Self.version(of: session, location)
      guard version == Schema.version else {
        throw StoreError.tooNew(location: location, version: version, known: Schema.version)
      }
      return try body(StoreTransaction(session, kinds: kinds, onStep: onStep))
    }
  }

  /// A transaction that leaves no trace: what it writes is there for itself alone.
  package func rehearse<Value: Sendable>(
    _ body: @escaping @Sendable (StoreTransaction) throws -> Value
  ) async throws -> Value {
    do {
      return try await write { transaction -> Value in
        throw Rehearsed(value: try body(transaction))
      }
    } catch let rehearsed as Rehearsed<Value> {
      return rehearsed.value
    }
  }

  private struct Rehearsed<Value: Sendable>: Error {
    let value: Value
  }

  static func write<Value: Sendable>(
    _ database: any SQLDatabase,
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws -> Value {
    try await told(database.location) { try await database.write(body) }
  }

  /// What a row does not hold is damage of the environment, and told as such.
  static func told<Value>(
    _ location: String,
    _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch let error as SQLError where error.reason == .unexpectedValue {
      throw StoreError.damaged("\(location): \(error.message)")
    }
  }
}
