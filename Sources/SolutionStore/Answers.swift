internal import SQL
package import Solutions

extension StoreReader {
  /// What rows say to the questions of findings; what no table can answer is left out.
  package func answers(to questions: [RowQuestion]) throws -> [RowQuestion: Int] {
    var answers: [RowQuestion: Int] = [:]
    for question in questions {
      switch question {
      case .longer(let length, let column):
        answers[question] = try longer(than: length, in: column)
      case .outside(let min, let max, let column):
        answers[question] = try outside(min: min, max: max, in: column)
      case .holding(let option, let id):
        answers[question] = try columns(choosingFrom: id).reduce(0) { sum, column in
          try sum + holding(option, in: column)
        }
      case .leading(let target, let column):
        answers[question] = try leading(to: target, from: column)
      case .moments(let column): answers[question] = try moments(in: column, isAtMidnight: true)
      case .notMidnight(let column):
        answers[question] = try moments(in: column, isAtMidnight: false)
      case .lying(let entry, _): answers[question] = try count(try piece(entry))
      case .lacking(let entry, _): answers[question] = try lacking(in: try piece(entry))
      case .nowhere(let returning, let column):
        answers[question] = try nowhere(returning, of: column)
      case .unpaired(let pairs, of: _): answers[question] = try unpaired(pairs)
      }
    }
    return answers
  }

  private func lacking(in piece: Piece) throws -> Int {
    try count("\(name: try storedTable(of: piece)) WHERE \(name: piece.storedName) IS NULL")
  }

  private func nowhere(_ returning: RowQuestion.Returning, of column: ComponentID) throws -> Int? {
    let piece = try piece(returning.incarnation)
    let table = try storedTable(of: piece)
    let value: SQLText = "mine.\(name: piece.storedName)"
    let type = StoredTable.companionName(piece.storedName, .type)
    let there = try returning.targets.sorted(by: { $0.key < $1.key }).compactMap {
      target,
      entry -> SQLText? in
      guard let exists = try exists(value, in: target, entry) else { return nil }
      return "(COALESCE(mine.\(name: type), \(target)) = \(target) AND \(exists))"
    }
    let found: SQLText = there.isEmpty ? "1 = 0" : there.joined(separator: " OR ")
    return try count("\(name: table) AS mine WHERE \(value) IS NOT NULL AND NOT (\(found))")
  }

  /// Whether an id is that of a row, where its table lies when all is done; nil where it lies nowhere.
  ///
  /// - Parameter entry: what the table comes back with; nil where it is there.
  private func exists(
    _ id: SQLText,
    in target: String,
    _ entry: Incarnation.ID?
  ) throws -> SQLText? {
    let name = try entry.map { try piece($0).storedName } ?? place(named: target)?.name
    let key = sql.dialect.storedColumn(
      try storedTable(target)?.table.primaryKey ?? "\(target)id"
    )
    guard let name, try sql.columns(of: name).contains(key) else { return nil }
    return "EXISTS (SELECT 1 FROM \(name: name) AS other WHERE other.\(name: key) = \(id))"
  }

  private func unpaired(_ pairs: RowQuestion.Pairs) throws -> Int? {
    let missing = try pairs.ends.map { end -> SQLText in
      let value: SQLText = "mine.\(name: sql.dialect.storedColumn(end.column))"
      return try exists(value, in: end.target, end.entry).map { "NOT \($0)" } ?? "1 = 1"
    }
    let table = try piece(pairs.incarnation).storedName
    // Those of other tables do not come back.
    let columns = Set(try sql.columns(of: table))
    guard !missing.isEmpty,
      pairs.ends.allSatisfy({ columns.contains(sql.dialect.storedColumn($0.column)) })
    else { return nil }
    return try count("\(name: table) AS mine WHERE \(missing.joined(separator: " OR "))")
  }

  private func place(of column: ComponentID) throws -> (table: StoredTable, column: Column)? {
    guard let (table, name) = column.tableAndColumn, let stored = try storedTable(table),
      let found = stored.table.column(name)
    else { return nil }
    return (stored, found)
  }

  private func longer(than length: Int, in id: ComponentID) throws -> Int? {
    guard let (table, column) = try place(of: id), case .text = column.type else { return nil }
    let name: SQLText = "\(name: table.stored(column.name))"
    var count = 0
    // A text has at least as many bytes as UTF-16 units.
    try sql.forEachRow(
      "SELECT \(name) FROM \(name: table.name) WHERE \(sql.dialect.bytes(name)) > \(length)"
    ) { row in
      if try row.text(0).utf16.count > length { count += 1 }
    }
    return count
  }

  private func outside(min: Double?, max: Double?, in id: ComponentID) throws -> Int? {
    guard let (table, column) = try place(of: id) else { return nil }
    let stored: SQLText = "\(name: table.stored(column.name))"
    let value: SQLText
    switch column.type {
    case .decimal: value = sql.dialect.number(stored)
    case .integer, .bigInteger, .float: value = stored
    default: return nil
    }
    let sides = [
      min.map { "\(value) < \(SQLValue.real($0))" as SQLText },
      max.map { "\(value) > \(SQLValue.real($0))" as SQLText },
    ].compactMap { $0 }
    guard !sides.isEmpty else { return nil }
    return try count("\(name: table.name) WHERE \(sides.joined(separator: " OR "))")
  }

  /// Rows that are equal under keys that a plan makes or activates over tables that are there.
  package func equalRows(of plan: Plan) throws -> [EqualRows] {
    try plan.effects.compactMap { effect in
      let made: (key: KeyDesign, table: SchemaChange.TableName)? =
        switch effect {
        case .schema(.createKey(let key, let table)), .schema(.activateKey(let key, let table)):
          (key, table)
        default: nil
        }
      guard let (key, table) = made, let found = try equalRows(under: key, in: table.name),
        found.rows > 0
      else { return nil }
      return EqualRows(key: key.id, columns: key.columns, rows: found.rows, values: found.values)
    }
  }

  private func moments(in id: ComponentID, isAtMidnight: Bool) throws -> Int? {
    guard let (table, column) = try place(of: id), case .dateTime = column.type else { return nil }
    let name: SQLText = "\(name: table.stored(column.name))"
    let time: SQLText = isAtMidnight ? "" : " AND SUBSTR(\(name), 12, 8) <> '00:00:00'"
    return try sql.row(
      "SELECT COUNT(*) FROM \(name: table.name) WHERE LENGTH(\(name)) > 10\(time)"
    ) { try $0.integer(0) }
  }

  /// A column itself, or those that use a global choice.
  private func columns(choosingFrom id: ComponentID) throws -> [ComponentID] {
    if kinds[id.type].physical == .column { return [id] }
    let index = StoreIndex(reader: self, moment: Moment(revision: nil))
    return try index.dependents(of: [id]).filter { kinds[$0.type].physical == .column }.sorted()
  }

  private func leading(to target: String, from id: ComponentID) throws -> Int? {
    guard let (table, column) = try place(of: id), case .lookup = column.type else { return nil }
    let type = table.stored(StoredTable.companionName(column.name, .type))
    return try sql.row(
      """
      SELECT COUNT(*) FROM \(name: table.name) WHERE \(name: table.stored(column.name)) IS NOT NULL
        AND COALESCE(\(name: type), \(target)) = \(target)
      """
    ) { try $0.integer(0) }
  }

  private func holding(_ option: Int, in id: ComponentID) throws -> Int {
    guard let (table, column) = try place(of: id) else { return 0 }
    let name = table.stored(column.name)
    let condition: SQLText =
      if case .choices = column.type {
        sql.dialect.like("\(name: name)", "\("%,\(option),%")")
      } else {
        "\(name: name) = \(option)"
      }
    return try sql.row("SELECT COUNT(*) FROM \(name: table.name) WHERE \(condition)") {
      try $0.integer(0)
    } ?? 0
  }
}
