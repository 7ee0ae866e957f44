internal import SQL
package import Solutions

/// A move of values as the database keeps it.
///
/// It has a table of its own with one row for each row that was written: what was there, and what came. `turned` is 1
/// where the row has what was there again.
struct StoredMove {
  let move: ValueMove
  /// Logical name of the table.
  let table: String
  /// The table's, 0 for one of the system's.
  let place: Incarnation.ID
  /// The column's; nil for one that is not kept track of.
  let incarnation: Incarnation.ID?
  let source: String
  let overwritten: Int
  /// What the database calls the table, its key, the column, and what lies beside it; nil where the column is gone for good.
  let stored: Names?

  struct Names {
    let table: String
    let key: String
    let column: String
    let beside: String?
    /// What a text compares by, where an alternate key asks for it.
    let folded: String?
    let isRequired: Bool
  }

  static func table(_ id: Incarnation.ID) -> String { "moved_\(id)" }

  var rows: String { Self.table(move.id) }

  /// The statement that gives rows the old or the new value.
  ///
  /// - Parameters:
  ///   - side: `old` or `new`.
  ///   - condition: on `moved`.
  func writing(
    _ side: String,
    where condition: SQLText,
    in operation: Int,
    at moment: Timestamp,
    _ dialect: any SQLDialect
  ) -> SQLText {
    guard let stored else { return "SELECT 1" }
    let beside: SQLText =
      stored.beside.map { "\(name: $0) = moved.\(name: "\(side)_beside"), " } ?? ""
    let folded: SQLText =
      stored.folded.map { "\(name: $0) = \(dialect.folded("moved.\(name: side)")), " } ?? ""
    return """
      UPDATE \(name: stored.table) SET \(name: stored.column) = moved.\(name: side), \(beside)\(folded)
        modifiedon = \(moment.rowText), versionnumber = \(operation)
      FROM \(name: rows) AS moved
      WHERE \(name: stored.table).\(name: stored.key) = moved.id AND \(condition)
      """
  }

  /// Rows of `moved` that can be turned: those that still have what the move, or taking it back, left.
  func turnable(isBack: Bool, _ dialect: any SQLDialect) -> SQLText {
    guard let stored else { return "1 = 0" }
    let left = isBack ? "new" : "old"
    let beside: SQLText =
      stored.beside.map {
        " AND \(dialect.isSame("mine.\(name: $0)", "moved.\(name: "\(left)_beside")"))"
      } ?? ""
    let isKept: SQLText = isBack && stored.isRequired ? " AND moved.old IS NOT NULL" : ""
    return """
      moved.turned = \(isBack ? 0 : 1)\(isKept) AND EXISTS
        (SELECT 1 FROM \(name: stored.table) AS mine WHERE mine.\(name: stored.key) = moved.id
          AND \(dialect.isSame("mine.\(name: stored.column)", "moved.\(name: left)"))\(beside))
      """
  }
}

extension StoreReader {
  /// - Parameter condition: on `value_move`.
  func storedMoves(_ condition: SQLText) throws -> [StoredMove] {
    // An environment that an earlier release made and nobody has written since has none.
    guard try !sql.columns(of: "value_move").isEmpty else { return [] }
    let rows = try sql.rows(
      """
      SELECT id, operation, component, table_name, place, incarnation, source, overwritten,
        EXISTS (SELECT 1 FROM value_turn WHERE move = value_move.id AND closed IS NULL)
      FROM value_move WHERE purged IS NULL AND \(condition) ORDER BY id
      """
    ) { $0 }
    let ids = try ids(of: Set(try rows.map { try $0.integer(2) }))
    return try rows.compactMap { row in
      guard let column = ids[try row.integer(2)] else { return nil }
      let (table, place) = (try row.text(3), try row.integer(4))
      let incarnation = try row.optionalInteger(5)
      return StoredMove(
        move: ValueMove(
          id: try row.integer(0),
          column: column,
          operation: try row.integer(1),
          isDone: try row.integer(8) == 1
        ),
        table: table,
        place: place,
        incarnation: incarnation,
        source: try row.text(6),
        overwritten: try row.integer(7),
        stored: try names(of: column, in: table, place, incarnation)
      )
    }
  }

  private func names(
    of column: ComponentID,
    in table: String,
    _ place: Incarnation.ID,
    _ incarnation: Incarnation.ID?
  ) throws -> StoredMove.Names? {
    guard let name = column.tableAndColumn?.column else { return nil }
    let pieces = try pieces(
      "purged IS NULL AND id IN \(list: [SQLValue(place), SQLValue(incarnation)])"
    )
    let storedTable =
      place == 0 ? plainName(ofTable: table) : pieces.first { $0.id == place }?.storedName
    let storedColumn =
      incarnation == nil
      ? sql.dialect.storedColumn(name) : pieces.first { $0.id == incarnation }?.storedName
    guard let storedTable, let storedColumn else { return nil }
    let there = Set(try sql.columns(of: storedTable))
    guard there.contains(storedColumn) else { return nil }
    let defined = try self.table(table)
    return StoredMove.Names(
      table: storedTable,
      key: sql.dialect.storedColumn(defined?.primaryKey ?? "\(table)id"),
      column: storedColumn,
      beside: defined?.stateBeside(name)
        ?? ColumnDesign.Companion.allCases.map { StoredTable.companionName(storedColumn, $0) }
        .first { there.contains($0) },
      folded: [StoredTable.foldedName(storedColumn)].first { there.contains($0) },
      isRequired: defined?.column(name)?.isSystemRequired ?? false
    )
  }

  /// Moves that were done at a revision and are not now, or the other way round: newest first those to be taken back, then
  /// oldest first those to be done again.
  ///
  /// - Throws: `StoreError.damaged`, `SQLError`.
  package func moves(turnedSince revision: Int) throws -> [ValueMove] {
    guard try !sql.columns(of: "value_turn").isEmpty else { return [] }
    let then = Set(
      try sql.rows(
        "SELECT move FROM value_turn WHERE \(Moment(revision: revision).condition("value_turn"))"
      ) { try $0.integer(0) }
    )
    let turned = try storedMoves(
      """
      id IN (SELECT move FROM value_turn WHERE opened > \(revision) OR closed > \(revision))
      """
    ).filter { $0.stored != nil && $0.move.isDone != then.contains($0.move.id) }.map(\.move)
    return turned.filter(\.isDone).reversed() + turned.filter { !$0.isDone }
  }

  /// The values that a move lies in, as the state has them: `nil` for columns that are not kept track of.
  package func holder(of move: ValueMove) throws -> (
    table: Incarnation.ID, column: Incarnation.ID?
  )? {
    try storedMoves("id = \(move.id)").first.map { ($0.place, $0.incarnation) }
  }

  /// Whether the column that a move wrote is in use.
  package func isInPlace(_ move: ValueMove) throws -> Bool {
    guard let found = try storedMoves("id = \(move.id)").first, found.stored != nil,
      let place = try place(named: found.table)
    else { return false }
    guard let incarnation = found.incarnation else { return place.id == found.place }
    return try current(move.column)?.id == incarnation
  }

  /// How many rows get a value that they had, and how many have none then.
  package func counts(
    of turns: [ValueTurn]
  ) throws -> [Incarnation.ID: (returning: Int, emptied: Int)] {
    var counts: [Incarnation.ID: (returning: Int, emptied: Int)] = [:]
    let ids = turns.map { SQLValue($0.move.id) }
    let found = ids.isEmpty ? [] : try storedMoves("id IN \(list: ids)")
    var chains: [String: [StoredMove]] = [:]
    for turn in turns {
      guard let move = found.first(where: { $0.move.id == turn.move.id }), let names = move.stored
      else { continue }
      // The ones that turn before have changed what this one finds.
      chains["\(names.table).\(names.column)", default: []].append(move)
      let chain = chains["\(names.table).\(names.column)"] ?? []
      try checkpoint()
      counts[move.move.id] = try sql.row(MoveChain(chain, sql.dialect).count) {
        (try $0.integer(0), try $0.integer(1))
      }
    }
    return counts
  }

  /// What the trash has of moves; those that only filled what was empty have nothing there.
  func trashOfMoves(counts: Bool) throws -> [TrashRow] {
    try storedMoves("1 = 1").compactMap { found in
      let move = found.move
      guard !move.isDone || found.overwritten > 0 else { return nil }
      let taken = try sql.row(
        "SELECT MAX(closed) FROM value_turn WHERE move = \(move.id)"
      ) { try $0.optionalInteger(0) }
      let operation = move.isDone ? move.operation : (taken ?? nil) ?? move.operation
      let completed = try sql.row("SELECT completed FROM operation WHERE number = \(operation)") {
        try $0.integer(0)
      }
      return TrashRow(
        id: move.id,
        component: move.column,
        place: found.place,
        operation: operation,
        dropped: Timestamp(milliseconds: completed ?? 0),
        count: counts ? try count(found) : nil,
        origin: move.isDone ? .overwritten : .takenBack
      )
    }
  }

  func count(_ found: StoredMove) throws -> Int? {
    let (side, turned) = found.move.isDone ? ("old", 0) : ("new", 1)
    return try sql.row(
      "SELECT COUNT(\(name: side)) FROM \(name: found.rows) WHERE turned = \(turned)"
    ) { try $0.integer(0) }
  }
}

extension PlanWriter {
  /// Rows that were not written since have what they had before the move, or what it gave them.
  func turn(_ id: Incarnation.ID, isBack: Bool, in operation: Int) throws {
    guard let found = try reader.storedMoves("id = \(id)").first, found.stored != nil,
      found.move.isDone == isBack
    else { throw StoreError.damaged("what was moved as number \(id) is not there") }
    let keys = try keys(over: found)
    let place = try reader.place(named: found.table)
    if let place { for key in keys { try dropKey(key.id, of: place) } }
    // 2 marks those that turn now.
    try sql.execute(
      """
      UPDATE \(name: found.rows) AS moved SET turned = 2
      WHERE \(found.turnable(isBack: isBack, sql.dialect))
      """
    )
    try sql.execute(
      found.writing(
        isBack ? "old" : "new",
        where: "moved.turned = 2",
        in: operation,
        at: started,
        sql.dialect
      )
    )
    try sql.execute("UPDATE \(name: found.rows) SET turned = \(isBack ? 1 : 0) WHERE turned = 2")
    if isBack {
      try sql.execute(
        "UPDATE value_turn SET closed = \(operation) WHERE move = \(id) AND closed IS NULL"
      )
    } else {
      try sql.execute("INSERT INTO value_turn (move, opened) VALUES (\(id), \(operation))")
    }
    if let place { for key in keys { try create(key, of: place) } }
  }

  /// Over the column, in the table that is in use: rows that were written since may be like those that come back.
  private func keys(over found: StoredMove) throws -> [KeyDesign] {
    guard let column = found.move.column.tableAndColumn?.column,
      let stored = try reader.storedTable(found.table), stored.name == found.stored?.table
    else { return [] }
    return stored.table.keys.filter { $0.columns.contains(column) }.map {
      KeyDesign(id: .entityKey(found.table, $0.name), columns: $0.columns, folded: Set($0.columns))
    }
  }

  /// For good.
  ///
  /// - Parameter condition: on `value_move`.
  func purgeMoves(_ condition: SQLText, in operation: Int) throws {
    for found in try reader.storedMoves(condition) {
      try sql.execute("DROP TABLE \(name: found.rows)")
      try sql.execute(
        "UPDATE value_move SET purged = \(operation) WHERE id = \(found.move.id)"
      )
    }
  }
}
