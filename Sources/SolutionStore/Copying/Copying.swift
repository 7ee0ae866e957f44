package import SQL
package import Solutions

/// A copy is there whole and compared, or there is no environment (docs/decisions/148). Large tables of rows go ahead in
/// portions, which a copy that was cut off goes on from (docs/decisions/175).
extension SolutionStore {
  /// Copies one consistent state of the whole environment, whatever is done to it meanwhile.
  ///
  /// - Parameters:
  ///   - target: an empty database, or one with an unfinished copy of this environment; whoever calls has its claim.
  ///   - portion: how much goes ahead in one transaction.
  ///   - report: told how far it has come.
  /// - Throws: `CopyError` beside what a store throws; there is no environment then.
  package func copy(
    into target: any SQLDatabase,
    portion: CopyPortion = .standard,
    report: @escaping @Sendable (CopyProgress) -> Void
  ) async throws -> Copied {
    let location = database.location
    let left = try await Self.arrivedCopy(in: target)
    let id = try await read { try $0.environment() }.id
    if let left, left.environment != id {
      throw CopyError.other(location: target.location, source: left.source)
    }
    if let left { report(.goingOn(rows: left.outline.rows)) }
    let handover = Handover<CopiedPortion>(room: 3)
    let copy = Receiving(
      left: left ?? ArrivedCopy(environment: id, source: location, tables: [:]),
      location: location,
      portion: portion,
      kinds: kinds,
      report: report
    )
    async let received = Self.receive(handover, into: target, copy)
    do {
      let dialect = target.dialect
      try await read { reader in
        let version = try Self.version(of: reader.sql, location)
        let inventory = try reader.inventory(at: version, for: dialect, largeFrom: portion.rows)
        try handover.give(.inventory(inventory))
        for (number, table) in inventory.tables.enumerated() {
          let giving = Giving(
            sql: reader.sql,
            table: table,
            storedNames: inventory.storedNames,
            rowsMax: min(5_000, portion.rows),
            handover: handover
          )
          // Small tables come anew, whatever is there.
          try giving.after(number < inventory.largeCount ? left?.tables[table.name] : nil)
        }
      }
    } catch is Handover<CopiedPortion>.Closed {
      // Whoever received it says why.
    } catch {
      handover.fail(SourceFailure(cause: (error as? SQLError)?.of(location) ?? error))
    }
    return try await received
  }

  /// - Returns: nil where there is none.
  /// - Throws: `SQLError`.
  package static func unfinishedCopy(in database: any SQLDatabase) async throws -> UnfinishedCopy? {
    try await arrivedCopy(in: database)?.outline
  }

  private static func arrivedCopy(in database: any SQLDatabase) async throws -> ArrivedCopy? {
    try await told(database.location) {
      try await database.read { try ArrivedCopy.found(in: $0) }
    }
  }

  /// What goes wrong where a copy comes from, as the other side hears of it.
  private struct SourceFailure: Error {
    let cause: any Error
  }

  private static func receive(
    _ handover: Handover<CopiedPortion>,
    into target: any SQLDatabase,
    _ copy: Receiving
  ) async throws -> Copied {
    do {
      var standing = Receiving.Standing()
      while true {
        let former = standing
        let (next, copied) = try await write(target) { session in
          guard try session.columns(of: "strata_schema").isEmpty else {
            throw SQLError(.exists, "\(target.location) exists")
          }
          return try copy.portion(after: former, from: handover, session)
        }
        if let copied { return copied }
        copy.report(.kept)
        standing = next
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

/// In which a copy goes from one database to the other.
enum CopiedPortion: Sendable {
  case inventory(Inventory)
  /// A table comes; whether all of it, or what is not there yet.
  case begin(isNew: Bool)
  /// What rows add up to with those before them.
  case rows(SQLRows, RowSum)
  case end(RowSum)
}

/// The side that a copy comes from: one table of it.
private struct Giving {
  let sql: any SQLReader
  let table: CopiedTable
  /// What incarnations are called in the other database.
  let storedNames: [Incarnation.ID: String]
  /// So many go together at most.
  let rowsMax: Int
  let handover: Handover<CopiedPortion>

  /// The first rows are not what has arrived.
  private struct OtherRows: Error {}

  /// What has not arrived yet, where the first rows are still those that have; all of them otherwise.
  func after(_ arrived: ArrivedCopy.Arrived?) throws {
    if let arrived, arrived.design == table.design?.text, arrived.sum.rows > 0 {
      do {
        return try all(after: arrived.sum)
      } catch is OtherRows {
        // They were changed meanwhile, or come in another order.
      }
    }
    try handover.give(.begin(isNew: true))
    try all()
  }

  private func all(after arrived: RowSum? = nil) throws {
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
      if let arrived, sum.rows <= arrived.rows {
        guard sum.rows == arrived.rows else { return }
        guard sum == arrived else { throw OtherRows() }
        return try handover.give(.begin(isNew: false))
      }
      rows.append(values)
      guard rows.count >= rowsMax || rows.bytes >= Self.bytesMax else { return }
      try handover.give(.rows(rows, sum))
      rows.removeAll()
    }
    if let arrived, sum.rows < arrived.rows { throw OtherRows() }
    if !rows.isEmpty { try handover.give(.rows(rows, sum)) }
    try handover.give(.end(sum))
  }

  /// So many bytes go together at most.
  private static let bytesMax = 4 << 20
}

extension SQLTable {
  /// The same for tables that are made alike.
  var text: String {
    let columns = columns.map { "\($0.name) \($0.storage)\($0.isRequired ? "!" : "")" }
    return ([columns, primaryKey] + uniques).map { $0.joined(separator: ",") }
      .joined(separator: "|")
  }
}

extension SQLValue {
  /// One zero, and not two.
  var comparable: SQLValue {
    if case .real(let number) = self, number == 0 { .real(0) } else { self }
  }
}
