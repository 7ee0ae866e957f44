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
  /// What the database calls it now.
  let storedName: String

  var hiddenName: String { "trash:\(id):\(component.tableAndColumn?.column ?? component.key)" }
  var isHidden: Bool { storedName == hiddenName }
}

extension StoreSession {
  // MARK: Finding

  /// The one in use.
  func current(_ id: ComponentID) throws -> Piece? {
    guard let number = try numbers(of: [id])[id] else { return nil }
    return try pieces(
      """
      component = $1 AND EXISTS
        (SELECT 1 FROM tenure WHERE tenure.incarnation = incarnation.id AND closed IS NULL)
      """,
      [SQLValue(number)]
    ).first
  }

  func piece(_ id: Incarnation.ID) throws -> Piece {
    guard let piece = try pieces("id = $1 AND purged IS NULL", [SQLValue(id)]).first else {
      throw StoreError.damaged("what the trash has as number \(id) is not there")
    }
    return piece
  }

  func pieces(_ condition: String, _ values: [SQLValue]) throws -> [Piece] {
    let rows = try sql.rows(
      """
      SELECT id, component, table_name, place, stored_name FROM incarnation
      WHERE \(condition) ORDER BY id
      """,
      values
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

  /// The table that a column lies in, as the database calls it now.
  func storedTable(of piece: Piece) throws -> String {
    guard let place = piece.place, place != 0 else { return Self.tableName(piece.table) }
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
    try sql.forEachRow(
      """
      SELECT incarnation.component, incarnation.id, incarnation.purged FROM incarnation
      JOIN tenure ON tenure.incarnation = incarnation.id
      WHERE incarnation.component IN (…) AND \(Moment(revision: revision).condition("tenure"))
      """,
      in: numbers.values.sorted().map { SQLValue($0) }
    ) { row in
      guard let id = names[try row.integer(0)] else { return }
      found[id] = Incarnation(id: try row.integer(1), isPurged: !row.isNull(2))
    }
    return found
  }

  // MARK: Keeping

  private func nextIncarnation() throws -> Incarnation.ID {
    try sql.row("SELECT MAX(id) FROM incarnation") { try ($0.optionalInteger(0) ?? 0) + 1 } ?? 1
  }

  func begin(
    _ id: ComponentID,
    _ table: String,
    place: Incarnation.ID?,
    _ stored: String,
    _ operation: Int
  ) throws -> Incarnation.ID {
    let incarnation = try nextIncarnation()
    try sql.execute(
      """
      INSERT INTO incarnation (id, component, table_name, place, stored_name)
      VALUES ($1, $2, $3, $4, $5)
      """,
      [
        SQLValue(incarnation), SQLValue(try numbering([id])[id]), .text(table), SQLValue(place),
        .text(stored),
      ]
    )
    try open([incarnation], in: operation)
    return incarnation
  }

  /// Columns that every table has are not kept track of: they go with it.
  func begin(
    _ columns: [ColumnDesign],
    of table: String,
    place: Incarnation.ID,
    in operation: Int
  ) throws {
    let named = columns.compactMap { column in column.id.map { (id: $0, name: column.name) } }
    let numbers = try numbering(Set(named.map(\.id)))
    var next = try nextIncarnation()
    var rows = BulkInsert(into: "incarnation", "id, component, table_name, place, stored_name")
    var new: [Incarnation.ID] = []
    for (id, name) in named {
      try rows.add(
        [SQLValue(next), SQLValue(numbers[id]), .text(table), SQLValue(place), .text(name)],
        to: sql
      )
      new.append(next)
      next += 1
    }
    try rows.flush(to: sql)
    try open(new, in: operation)
  }

  func open(_ incarnations: [Incarnation.ID], in operation: Int) throws {
    var tenures = BulkInsert(into: "tenure", "incarnation, opened")
    for incarnation in incarnations {
      try tenures.add([SQLValue(incarnation), SQLValue(operation)], to: sql)
    }
    try tenures.flush(to: sql)
  }

  func close(_ condition: String, _ id: Incarnation.ID, in operation: Int) throws {
    try sql.execute(
      """
      UPDATE tenure SET closed = \(operation) WHERE closed IS NULL
        AND incarnation IN (SELECT id FROM incarnation WHERE \(condition))
      """,
      [SQLValue(id)]
    )
  }

  /// As if it had never been.
  func forget(_ condition: String, _ id: Incarnation.ID) throws {
    try sql.execute(
      "DELETE FROM tenure WHERE incarnation IN (SELECT id FROM incarnation WHERE \(condition))",
      [SQLValue(id)]
    )
    try sql.execute("DELETE FROM incarnation WHERE \(condition)", [SQLValue(id)])
  }

  func note(_ id: Incarnation.ID, _ stored: String) throws {
    try sql.execute(
      "UPDATE incarnation SET stored_name = $1 WHERE id = $2",
      [.text(stored), SQLValue(id)]
    )
  }
}
