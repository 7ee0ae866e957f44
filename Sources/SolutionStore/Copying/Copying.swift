internal import Hashing
package import SQL
package import Solutions

/// A copy is one transaction of the database that it goes into: it is there whole and compared, or not at all
/// (docs/decisions/148).
extension SolutionStore {
  /// Copies one consistent state of the whole environment, whatever is done to it meanwhile.
  ///
  /// - Parameters:
  ///   - target: an empty database, for which whoever calls has the claim.
  ///   - report: told how far it has come.
  /// - Throws: `CopyError` beside what a store throws; nothing of the copy is there then.
  package func copy(
    into target: any SQLDatabase,
    report: @escaping @Sendable (CopyProgress) -> Void
  ) async throws -> Copied {
    let handover = Handover<Portion>(room: 3)
    let location = database.location
    async let received = Self.receive(handover, from: location, into: target, kinds, report)
    do {
      let dialect = target.dialect
      try await read { reader in
        let version = try Self.version(of: reader.sql, location)
        let inventory = try reader.inventory(at: version, for: dialect)
        try handover.give(.inventory(inventory))
        for table in inventory.tables {
          try reader.give(table, inventory.storedNames, to: handover)
        }
      }
    } catch is Handover<Portion>.Closed {
      // Whoever received it says why.
    } catch {
      handover.fail(SourceFailure(cause: (error as? SQLError)?.of(location) ?? error))
    }
    return try await received
  }

  /// What goes wrong where a copy comes from, as the other side hears of it.
  private struct SourceFailure: Error {
    let cause: any Error
  }

  /// In which a copy goes from one database to the other.
  fileprivate enum Portion: Sendable {
    case inventory(Inventory)
    case rows(SQLRows)
    /// The end of a table, with what its rows add up to.
    case end(RowSum)
  }

  private static func receive(
    _ handover: Handover<Portion>,
    from location: String,
    into target: any SQLDatabase,
    _ kinds: ComponentKinds,
    _ report: @escaping @Sendable (CopyProgress) -> Void
  ) async throws -> Copied {
    do {
      return try await write(target) { session in
        guard try session.columns(of: "strata_schema").isEmpty else {
          throw SQLError(.exists, "\(target.location) exists")
        }
        guard case .inventory(let inventory) = try handover.take() else {
          preconditionFailure("what is to come is said first")
        }
        let copy = Receiving(
          session: session,
          inventory: inventory,
          reader: StoreReader(session, kinds: kinds),
          report: report
        )
        let sums = try copy.rows(from: handover)
        try copy.makeKeys()
        try copy.compare(sums)
        return try copy.prove(of: location, rows: sums.map(\.rows).reduce(0, +))
      }
    } catch let failure as SourceFailure {
      throw failure.cause
    } catch let error as SQLError {
      handover.close()
      throw error.reason == .exists ? error : error.of(target.location)
    } catch {
      handover.close()
      throw error
    }
  }
}

/// What rows of a table add up to, in whatever order they come.
private struct RowSum: Equatable, Sendable {
  private(set) var rows = 0
  private var sum = StateDigest.Sum()

  mutating func add(_ values: [SQLValue], _ hasher: inout RowHasher) {
    rows += 1
    sum += hasher.hash(values)
  }
}

extension StoreReader {
  /// - Parameter storedNames: what incarnations are called in the other database.
  fileprivate func give(
    _ table: CopiedTable,
    _ storedNames: [Incarnation.ID: String],
    to handover: Handover<SolutionStore.Portion>
  ) throws {
    var rows = SQLRows(table.columns)
    var sum = RowSum()
    var hasher = RowHasher()
    let isIncarnations = table.source == "incarnation"
    let (id, name) = (
      table.columns.firstIndex(of: "id"), table.columns.firstIndex(of: "stored_name")
    )
    let query: SQLText = "SELECT \(names: table.sourceColumns) FROM \(name: table.source)"
    try sql.forEachRowOfMany(query) { row in
      var values = row.values.map(\.comparable)
      if isIncarnations, let id, let name, let stored = storedNames[try row.integer(id)] {
        values[name] = .text(stored)
      }
      sum.add(values, &hasher)
      rows.append(values)
      guard rows.count >= Self.rowsMax || rows.bytes >= Self.bytesMax else { return }
      try handover.give(.rows(rows))
      rows.removeAll()
    }
    if !rows.isEmpty { try handover.give(.rows(rows)) }
    try handover.give(.end(sum))
  }

  /// So many go together at most, and so many bytes of them.
  private static let (rowsMax, bytesMax) = (5_000, 4 << 20)
}

extension SQLValue {
  /// One zero, and not two.
  fileprivate var comparable: SQLValue {
    if case .real(let number) = self, number == 0 { .real(0) } else { self }
  }
}

/// The side that a copy arrives at.
private struct Receiving {
  let session: any SQLSession
  let inventory: Inventory
  let reader: StoreReader
  let report: (CopyProgress) -> Void

  /// - Returns: what the rows of each table add up to where they come from.
  func rows(from handover: Handover<SolutionStore.Portion>) throws -> [RowSum] {
    try Schema.make(at: inventory.version, in: session)
    let rowsMax = inventory.rowsMax
    var (sums, done): ([RowSum], Int) = ([], 0)
    for table in inventory.tables {
      if let design = table.design { try session.create(design) }
      let (there, wanted) = (Set(try session.columns(of: table.name)), Set(table.columns))
      guard there == wanted else {
        let odd = wanted.symmetricDifference(there).sorted().joined(separator: ", ")
        throw StoreError.damaged(
          "the table \(table.source) has other columns than it should: \(odd)"
        )
      }
      report(
        .copying(CountingProgress(table: table.name, rows: min(done, rowsMax), rowsMax: rowsMax))
      )
      rows: while true {
        try session.checkpoint()
        switch try handover.take() {
        case .rows(let rows):
          try session.insert(rows, into: table.name, .refused)
          done += rows.count
          report(
            .copying(
              CountingProgress(table: table.name, rows: min(done, rowsMax), rowsMax: rowsMax)
            )
          )
        case .end(let sum):
          sums.append(sum)
          break rows
        case .inventory: preconditionFailure("it is said once what is to come")
        }
      }
    }
    return sums
  }

  /// Indexes of alternate keys; those of tables in the trash are made when the tables come back.
  func makeKeys() throws {
    for name in Set(try reader.placedTables() + reader.systemTables()).sorted() {
      guard let place = try reader.place(named: name), let stored = try reader.storedTable(name)
      else { continue }
      for key in stored.table.keys where stored.inactiveKeys[key.name] == nil {
        let columns = key.columns.map { stored.foldedName($0) ?? stored.stored($0) }
        let index = place.index(of: .entityKey(name, key.name), session.dialect)
        try session.execute(
          "CREATE UNIQUE INDEX \(name: index) ON \(name: place.name) (\(names: columns))"
        )
      }
    }
  }

  /// Reads again what was written.
  func compare(_ sums: [RowSum]) throws {
    let rowsMax = sums.map(\.rows).reduce(0, +)
    var (differences, done): ([String], Int) = ([], 0)
    for (table, wanted) in zip(inventory.tables, sums) {
      var sum = RowSum()
      var hasher = RowHasher()
      try session.forEachRowOfMany("SELECT \(names: table.columns) FROM \(name: table.name)") {
        row in
        sum.add(row.values.map(\.comparable), &hasher)
        done += 1
        guard done % 5_000 == 0 else { return }
        try session.checkpoint()
        report(.comparing(CountingProgress(table: table.name, rows: done, rowsMax: rowsMax)))
      }
      guard sum != wanted else { continue }
      differences.append(
        sum.rows == wanted.rows
          ? "rows of \(table.source) hold other values"
          : "\(table.source) has \(wanted.rows) rows, and \(sum.rows) arrived"
      )
    }
    report(.comparing(CountingProgress(table: "", rows: rowsMax, rowsMax: rowsMax)))
    guard differences.isEmpty else { throw CopyError.differs(differences) }
  }

  /// The state and the history: what is odd now was odd before.
  ///
  /// - Parameter location: of where it comes from.
  func prove(of location: String, rows: Int) throws -> Copied {
    report(.proving)
    let proof = try reader.verified(.whole)
    guard proof.broken.isEmpty else { throw CopyError.broken(location, proof.broken) }
    guard let state = proof.state, state.fingerprint == inventory.fingerprint else {
      throw CopyError.differs(["the state has another fingerprint"])
    }
    return Copied(
      environment: try reader.environment(),
      fingerprint: state.fingerprint,
      tables: inventory.tables.count,
      rows: rows
    )
  }
}
