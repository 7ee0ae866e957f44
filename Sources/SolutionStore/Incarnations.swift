internal import SQL
package import Solutions

/// A table or column that was made once, wherever it is now.
struct Piece {
  let id: Incarnation.ID
  let component: ComponentID
  /// Logical name of the table.
  let table: String
  /// The table that a column lies in, 0 for one of the system's; nil for a table.
  let place: Incarnation.ID?
  let storedName: String
}

/// The table that is in use under a logical name.
struct Place {
  /// 0 for one of the system's.
  let id: Incarnation.ID
  let table: String
  /// What the database calls it.
  let name: String
  /// nil for one of the system's.
  let component: ComponentID?
}

extension StoreReader {
  private static let isCurrent: SQLText = """
    EXISTS (SELECT 1 FROM tenure WHERE tenure.incarnation = incarnation.id AND closed IS NULL)
    """

  /// The one in use.
  func current(_ id: ComponentID) throws -> Piece? {
    guard let number = try numbers(of: [id])[id] else { return nil }
    return try pieces("component = \(number) AND \(Self.isCurrent)").first
  }

  func place(_ table: SchemaChange.TableName) throws -> Place {
    guard let place = try place(named: table.name) else {
      throw StoreError.damaged("the table \(table.name) is missing in the database")
    }
    return place
  }

  /// nil when there is no such table.
  func place(named table: String) throws -> Place? {
    if let found = try currentTables(named: table).first {
      return Place(
        id: found.id,
        table: table,
        name: found.storedName,
        component: found.component
      )
    }
    guard SystemBaseline.contains(.entity(table)) else { return nil }
    if SystemBaseline.pairNames.contains(table), try !hasLaterTables() { return nil }
    return Place(id: 0, table: table, name: plainName(ofTable: table), component: nil)
  }

  /// Logical names of the system's tables that are there, sorted.
  func systemTables() throws -> [String] {
    let names = SystemBaseline.tableNames
    guard try !hasLaterTables() else { return names }
    return names.filter { !SystemBaseline.pairNames.contains($0) }
  }

  /// Whether it has the tables of the system that came later: an environment of an earlier release that cannot be written
  /// has them not.
  func hasLaterTables() throws -> Bool { try schemaVersion() >= Schema.withPeople }

  /// Columns of a table of the system that it has not for the same reason.
  func laterColumns(of table: String) throws -> Set<String> {
    guard SystemBaseline.laterColumns.contains(where: { $0[table] != nil }) else { return [] }
    let version = try schemaVersion()
    return zip(Schema.withColumns, SystemBaseline.laterColumns).filter { $0.0 > version }
      .reduce(into: []) { $0.formUnion($1.1[table] ?? []) }
  }

  private func schemaVersion() throws -> Int {
    if let knownVersion { return knownVersion }
    let version = try sql.row("SELECT version FROM strata_schema") { try $0.integer(0) } ?? 0
    knownVersion = version
    return version
  }

  /// Logical names of the tables in use that are not the system's.
  func placedTables() throws -> [String] {
    try pieces("place IS NULL AND \(Self.isCurrent)").map(\.table)
  }

  /// Each name of a table stands for the rows of one component; only tables that come can break that.
  func requireDistinctTables(after changes: [SchemaChange]) throws {
    for change in changes {
      switch change {
      case .createTable(let design), .restoreTable(let design, _, columns: _):
        guard try currentTables(named: design.name).count <= 1 else {
          throw StoreError.tableTaken(design.name)
        }
      default: continue
      }
    }
  }

  private func currentTables(named name: String) throws -> [Piece] {
    try pieces("table_name = \(name) AND place IS NULL AND \(Self.isCurrent)")
  }

  /// Columns in use that lie in a table that is not.
  func columnsElsewhere() throws -> [String] {
    let tables = Set(try pieces("place IS NULL AND \(Self.isCurrent)").map(\.id))
    return try pieces("place <> 0 AND \(Self.isCurrent)").filter { column in
      column.place.map { !tables.contains($0) } ?? false
    }.map(\.component.key)
  }

  /// What the database calls the columns that are kept track of, by logical name.
  func storedColumns(of place: Place) throws -> [String: String] {
    let pieces = try pieces(
      "place = \(place.id) AND table_name = \(place.table) AND \(Self.isCurrent)"
    )
    let tracked = Dictionary(
      pieces.map { ($0.component.tableAndColumn?.column ?? $0.component.key, $0.storedName) }
    ) { first, _ in first }
    return tracked.merging(try renamedColumns(of: place)) { first, _ in first }
  }

  /// Columns that every table of its kind has and that no component stands for, called as the database calls its own: the
  /// key of a table `o` is `oid`.
  private func renamedColumns(of place: Place) throws -> [String: String] {
    let dialect = sql.dialect
    let there = Set(try sql.columns(of: place.name))
    let names = dialect.reservedColumns.filter { there.contains(dialect.storedColumn($0)) }
    guard !names.isEmpty else { return [:] }
    let tracked = Set(try pieces("place = \(place.id)").map(\.storedName))
    let others = names.map { ($0, dialect.storedColumn($0)) }.filter { !tracked.contains($0.1) }
    return Dictionary(others) { first, _ in first }
  }

  func piece(_ id: Incarnation.ID) throws -> Piece {
    guard let piece = try pieces("id = \(id) AND purged IS NULL").first else {
      throw StoreError.damaged("what the trash has as number \(id) is not there")
    }
    return piece
  }

  func pieces(_ condition: SQLText) throws -> [Piece] {
    let rows = try sql.rows(
      """
      SELECT id, component, table_name, place, stored_name FROM incarnation
      WHERE \(condition) ORDER BY id
      """
    ) { row in
      (
        try row.integer(0), try row.integer(1), try row.text(2), try row.optionalInteger(3),
        try row.text(4)
      )
    }
    let ids = try ids(of: Set(rows.map(\.1)))
    return rows.compactMap { id, component, table, place, stored in
      ids[component].map {
        Piece(id: id, component: $0, table: table, place: place, storedName: stored)
      }
    }
  }

  /// What the database calls a table where nobody has its name.
  func plainName(ofTable logical: String) -> String { sql.dialect.storedName("data_\(logical)") }

  /// What the database calls the table that a column lies in.
  func storedTable(of piece: Piece) throws -> String {
    guard let place = piece.place, place != 0 else { return plainName(ofTable: piece.table) }
    return try self.piece(place).storedName
  }

  /// Which values components have now, or had at a former revision.
  package func incarnations(
    of ids: Set<ComponentID>,
    at revision: Int? = nil
  ) throws -> [ComponentID: Incarnation] {
    let numbers = try numbers(of: ids)
    let names = Dictionary(numbers.map { ($0.value, $0.key) }) { first, _ in first }
    var found: [ComponentID: Incarnation] = [:]
    try sql.forEachRow(among: numbers.values.sorted().map { SQLValue($0) }) {
      """
      SELECT incarnation.component, incarnation.id, incarnation.purged FROM incarnation
      JOIN tenure ON tenure.incarnation = incarnation.id
      WHERE incarnation.component IN \(list: $0)
        AND \(Moment(revision: revision).condition("tenure"))
      """
    } each: { row in
      guard let id = names[try row.integer(0)] else { return }
      found[id] = Incarnation(id: try row.integer(1), isPurged: !row.isNull(2))
    }
    return found
  }

  /// Columns that ever had values in a table.
  package func everMembers(of table: ComponentID) throws -> Set<ComponentID> {
    guard kinds[table.type].physical == .table else { return [] }
    let columns = try pieces("table_name = \(table.key) AND place IS NOT NULL").map(\.component)
    return Set(columns)
  }

  /// Components that got or lost values after a revision, and the keys of their tables.
  package func rewritten(after revision: Int) throws -> Set<ComponentID> {
    let numbers = try sql.rows(
      """
      SELECT DISTINCT incarnation.component FROM tenure
      JOIN incarnation ON incarnation.id = tenure.incarnation
      WHERE tenure.opened > \(revision) OR tenure.closed > \(revision)
      """
    ) { try $0.integer(0) }
    let rewritten = Set(try ids(of: Set(numbers)).values)
    let tables = Set(rewritten.map { $0.tableAndColumn.map { .entity($0.table) } ?? $0 })
    let parts = try StoreIndex(reader: self, moment: Moment(revision: nil)).parts(of: tables)
    return rewritten.union(parts.filter { kinds[$0.type].physical == .key })
  }
}

extension PlanWriter {
  func nextIncarnation() throws -> Incarnation.ID {
    // Moves of values are numbered with them.
    try sql.row(
      "SELECT MAX(id) FROM (SELECT id FROM incarnation UNION ALL SELECT id FROM value_move) AS numbered"
    ) { try ($0.optionalInteger(0) ?? 0) + 1 } ?? 1
  }

  func begin(
    _ number: Incarnation.ID,
    _ id: ComponentID,
    _ table: String,
    _ stored: String,
    in operation: Int
  ) throws {
    let component = try numbering([id])[id]
    try sql.execute(
      """
      INSERT INTO incarnation (id, component, table_name, stored_name)
      VALUES (\(number), \(component), \(table), \(stored))
      """
    )
    try open([number], in: operation)
  }

  /// Columns that every table has are not kept track of: they go with it.
  func begin(
    _ columns: [(design: ColumnDesign, stored: String)],
    of table: String,
    place: Incarnation.ID,
    in operation: Int
  ) throws {
    let numbers = try numbering(Set(columns.compactMap(\.design.id)))
    var next = try nextIncarnation()
    var rows = Batch(
      into: "incarnation",
      ["id", "component", "table_name", "place", "stored_name"]
    )
    var new: [Incarnation.ID] = []
    for (design, stored) in columns {
      guard let id = design.id else { continue }
      try rows.add(
        [SQLValue(next), SQLValue(numbers[id]), .text(table), SQLValue(place), .text(stored)],
        to: sql
      )
      new.append(next)
      next += 1
    }
    try rows.flush(to: sql)
    try open(new, in: operation)
  }

  func open(_ incarnations: [Incarnation.ID], in operation: Int) throws {
    var tenures = Batch(into: "tenure", ["incarnation", "opened"])
    for incarnation in incarnations {
      try tenures.add([SQLValue(incarnation), SQLValue(operation)], to: sql)
    }
    try tenures.flush(to: sql)
  }

  /// - Parameter condition: on incarnations.
  func close(_ condition: SQLText, in operation: Int) throws {
    try sql.execute(
      """
      UPDATE tenure SET closed = \(operation) WHERE closed IS NULL
        AND incarnation IN (SELECT id FROM incarnation WHERE \(condition))
      """
    )
  }

  /// As if it had never been.
  ///
  /// - Parameter condition: on incarnations.
  func forget(_ condition: SQLText) throws {
    try sql.execute(
      "DELETE FROM tenure WHERE incarnation IN (SELECT id FROM incarnation WHERE \(condition))"
    )
    try sql.execute("DELETE FROM incarnation WHERE \(condition)")
  }
}
