internal import SQL
package import Solutions

extension RowStore {
  /// Copies values from column to column within each row, and keeps what was there and what came as moves.
  ///
  /// All mappings read what was there before the first of them writes. Rows go by one at a time; what they become is kept
  /// in the database.
  ///
  /// - Parameters:
  ///   - filter: only rows that it holds for.
  ///   - replaces: also where the target has a value.
  ///   - agree: asked before anything is written.
  ///   - report: told the number of rows so far.
  /// - Throws: `QueryError` for columns that are not there, `RowsRefused` for what does not fit; what `agree` throws.
  package func migrate(
    _ name: String,
    _ mappings: [RowMapping],
    where filter: RowQuery.Filter?,
    replaces: Bool,
    in operation: Int,
    at moment: Timestamp,
    agree: (RowsOutcome) throws -> Void,
    report: (Int) -> Void
  ) throws -> RowsOutcome {
    let stored = try reader.requireTable(name)
    guard !stored.table.isIntersect else {
      throw RowsRefused("\(name) holds pairs of rows: there is nothing to migrate")
    }
    let judged = try stored.table.judged(mappings) { try reader.table($0) }
    let first = try PlanWriter(transaction).nextIncarnation()
    var moved: [ValuesMoved] = []
    for (place, mapping) in judged.enumerated() {
      try reader.checkpoint()
      var collecting = MoveCollecting(mapping, stored, replaces: replaces, transaction: transaction)
      moved.append(try collecting.collect(into: first + place, where: filter, report: report))
    }
    onStep("rows-mapped")
    let outcome = RowsOutcome.moved(moved)
    try agree(outcome)
    for (place, move) in moved.enumerated() {
      try reader.checkpoint()
      guard move.rows > 0 else {
        try sql.execute("DROP TABLE \(name: StoredMove.table(first + place))")
        continue
      }
      let place = try note(first + place, move, judged[place], stored, in: operation)
      do throws(SQLError) {
        try fill(place, in: operation, at: moment)
      } catch {
        guard error.isNotUnique else { throw error }
        throw RowsRefused(
          "\(move.target) belongs to an alternate key, and rows would have equal values; "
            + "nothing was changed"
        )
      }
    }
    onStep("rows-moved")
    return outcome
  }

  private func note(
    _ id: Incarnation.ID,
    _ move: ValuesMoved,
    _ mapping: ColumnMapping,
    _ stored: StoredTable,
    in operation: Int
  ) throws -> StoredMove {
    let table = stored.table.name
    let column = ComponentID.attribute(table, mapping.target.name)
    let numbers = try transaction.numbering([column])
    let piece = try reader.current(column)
    try sql.execute(
      """
      INSERT INTO value_move (id, operation, component, table_name, place, incarnation, source,
        overwritten, filled)
      VALUES (\(id), \(operation), \(numbers[column]), \(table), \(try reader.place(.entity(table)).id),
        \(piece?.id), \(mapping.path.name), \(move.overwritten), \(move.filled))
      """
    )
    try sql.execute("INSERT INTO value_turn (move, opened) VALUES (\(id), \(operation))")
    guard let found = try reader.storedMoves("id = \(id)").first else {
      throw StoreError.damaged("what was moved as number \(id) is not there")
    }
    return found
  }

  private func fill(_ move: StoredMove, in operation: Int, at moment: Timestamp) throws(SQLError) {
    try sql.execute(
      move.writing("new", where: "moved.turned = 0", in: operation, at: moment, sql.dialect)
    )
  }
}

/// One pass over the rows of a table: what each value of a column is and becomes.
private struct MoveCollecting {
  private let mapping: ColumnMapping
  private let stored: StoredTable
  private let replaces: Bool
  private let transaction: StoreTransaction
  /// Rows by their names, where texts name them.
  private var named: [String: (table: String, id: String)] = [:]
  private var examples: [Prose] = []
  private var refusedCount = 0

  init(
    _ mapping: ColumnMapping,
    _ stored: StoredTable,
    replaces: Bool,
    transaction: StoreTransaction
  ) {
    self.mapping = mapping
    self.stored = stored
    self.replaces = replaces
    self.transaction = transaction
  }

  mutating func collect(
    into id: Incarnation.ID,
    where filter: RowQuery.Filter?,
    report: (Int) -> Void
  ) throws -> ValuesMoved {
    let sql = transaction.sql
    let type = mapping.target.type.storage.declared(in: sql.dialect)
    // A state has a status beside it, a lookup a table, a file a name.
    let isState = stored.table.stateBeside(mapping.target.name) != nil
    let beside: SQLText = isState ? "BIGINT" : sql.dialect.text
    try sql.execute(
      """
      CREATE TABLE \(name: StoredMove.table(id)) (id \(sql.dialect.text) NOT NULL PRIMARY KEY,
        old \(type), old_beside \(beside), new \(type), new_beside \(beside), turned BIGINT NOT NULL)
      """
    )
    let insert = try sql.prepare(
      """
      INSERT INTO \(name: StoredMove.table(id)) (id, old, old_beside, new, new_beside, turned)
      VALUES (\(argument: 0), \(argument: 1), \(argument: 2), \(argument: 3), \(argument: 4), 0)
      """
    )
    var (overwritten, filled, altered, count) = (0, 0, 0, 0)
    try transaction.reader.rows(query(filter)) { _, row in
      count += 1
      if count % 500 == 0 { try transaction.reader.checkpoint() }
      if count % 20_000 == 0 { report(count) }
      let (old, before) = (row.values[1], row.values[3])
      guard let (new, table, isAltered) = try become(old) else { return }
      var (beside, besideBefore) = self.beside(row, new)
      if let table { beside = .text(table) }
      guard new != before || beside != besideBefore else { return }
      if before == .null { filled += 1 } else { overwritten += 1 }
      if isAltered { altered += 1 }
      try insert.execute([
        SQLValue(row.values[0]), SQLValue(before), SQLValue(besideBefore), SQLValue(new),
        SQLValue(beside),
      ])
    }
    report(count)
    guard refusedCount == 0 else {
      throw RowsRefused(mapping, examples: examples, count: refusedCount)
    }
    return ValuesMoved(
      target: mapping.target.name,
      source: mapping.path.name,
      overwritten: overwritten,
      filled: filled,
      altered: altered
    )
  }

  /// nil for what cannot be one, which is noted.
  private mutating func become(
    _ old: RowValue
  ) throws -> (value: RowValue, table: String?, isAltered: Bool)? {
    do {
      let (value, isAltered) = try mapping.value(of: old)
      guard mapping.isByName, case .text(let name) = value else { return (value, nil, isAltered) }
      let (table, id) = try row(called: name)
      return (.text(id), table, false)
    } catch let error as RowProblem {
      refusedCount += 1
      guard examples.count < 20 else { return nil }
      let spelling = mapping.source.text(of: old)
      let example: Prose = "\(RowProblem.quoted(spelling)): \(error.message)"
      if !examples.contains(example) { examples.append(example) }
      return nil
    }
  }

  /// The one row of the tables that the target leads to which has a name.
  private mutating func row(called name: String) throws -> (table: String, id: String) {
    if let found = named[name] { return found }
    guard case .lookup(let targets) = mapping.target.type else {
      throw RowProblem("\(mapping.target.name) is no lookup")
    }
    let reader = transaction.reader
    var found: [(table: String, id: String)] = []
    for target in targets {
      guard let table = try reader.table(target), !table.isVirtual, let column = table.primaryName
      else { continue }
      found += try reader.rows(of: target, column, name).map { (target, $0) }
    }
    guard found.count == 1 else {
      let what = found.isEmpty ? "no row" : "more than one row"
      throw RowProblem("\(what) of \(targets.joined(separator: ", ")) is called so")
    }
    if named.count > 50_000 { named = [:] }
    named[name] = found[0]
    return found[0]
  }

  private func query(_ filter: RowQuery.Filter?) -> RowQuery {
    var query = RowQuery(stored.table.name)
    func path(_ column: Column) -> RowQuery.ColumnPath { RowQuery.ColumnPath(column.name) }
    /// Where it has nothing beside it, once more the column.
    func besidePath(_ column: Column, of alias: String? = nil) -> RowQuery.ColumnPath {
      let companion: ColumnDesign.Companion? =
        switch column.type {
        case .lookup(let targets) where targets.count != 1: .type
        case .file: .name
        default: nil
        }
      guard let companion else { return RowQuery.ColumnPath(column.name, of: alias) }
      return RowQuery.ColumnPath(StoredTable.companionName(column.name, companion), of: alias)
    }
    query.columns = [
      RowQuery.ColumnPath(stored.table.primaryKey), mapping.path,
      besidePath(mapping.source, of: mapping.path.alias), path(mapping.target),
      stored.table.stateBeside(mapping.target.name).map { RowQuery.ColumnPath($0) }
        ?? besidePath(mapping.target),
    ]
    query.isUnordered = true
    let isFree: [RowQuery.Filter] = replaces ? [] : [.isNull(path(mapping.target))]
    query.filter = .all(
      [.not(.isNull(mapping.path))] + isFree + (filter.map { [$0] } ?? [])
    )
    return query
  }

  /// What stands beside the value that comes, and beside the one that goes.
  private func beside(_ row: Row, _ new: RowValue) -> (new: RowValue, old: RowValue) {
    // State and status fit each other.
    if stored.table.stateBeside(mapping.target.name) != nil {
      let statuses = stored.table.statuses
      return (statuses.beside(mapping.target.name, new, now: row.values[4]), row.values[4])
    }
    return (
      new == .null ? .null : beside(row.values[2], of: mapping.source),
      row.values[3] == .null ? .null : beside(row.values[4], of: mapping.target)
    )
  }

  /// What stands beside a value: where a lookup leads, what a file is called.
  private func beside(_ value: RowValue, of column: Column) -> RowValue {
    switch column.type {
    case .lookup(let targets):
      if targets.count == 1, let only = targets.first { return .text(only) }
      return value
    case .file: return mapping.target.type == .file ? value : .null
    default: return .null
    }
  }
}
