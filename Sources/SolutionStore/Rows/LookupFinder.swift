internal import SQL
internal import Solutions

/// Finds rows by the alternate keys that a file names them by.
struct LookupFinder {
  private let plan: FieldPlan
  private let statement: ImportStatement
  private let finders: [any SQLStatement]
  /// By the bytes of the lookup's name and the key's values: texts that Swift takes as equal may be different keys.
  private var found: [[[UInt8]]: String] = [:]

  /// - Throws: where a key is not active, so that it finds nothing.
  init(_ plan: FieldPlan, _ statement: ImportStatement, in transaction: StoreTransaction) throws {
    self.plan = plan
    self.statement = statement
    finders = try plan.keyed.map { keyed in
      let target = try transaction.reader.requireTable(keyed.target.name)
      try target.requireActive(keyed.key)
      let condition = keyed.key.columns.enumerated().map {
        "\(name: target.foldedName($1) ?? target.stored($1)) = \(argument: $0)" as SQLText
      }
      return try transaction.sql.prepare(
        """
        SELECT \(name: target.stored(target.table.primaryKey)) FROM \(name: target.name)
        WHERE \(condition.joined(separator: " AND ")) LIMIT 1
        """
      )
    }
  }

  /// - Parameter arguments: get the ids of the rows that are found.
  mutating func find(
    _ fields: [String],
    line: Int,
    into arguments: inout [SQLValue],
    _ problems: inout RowProblems
  ) throws(SQLError) {
    for (number, keyed) in plan.keyed.enumerated() {
      let slot = statement.keyedSlots[number]
      let texts = keyed.positions.map { fields[$0] }
      guard texts.contains(where: { !$0.isEmpty }) else {
        arguments[slot] = .null
        continue
      }
      func note(_ message: String) {
        problems.note(message, line: line, field: plan.fields[keyed.positions[0]].name)
      }
      let name = ([keyed.lookup.name] + texts).map { Array($0.utf8) }
      if let id = found[name] {
        arguments[slot] = .text(id)
        continue
      }
      let wanted: [SQLValue]
      do throws(RowProblem) {
        wanted = try Self.values(texts, of: keyed)
      } catch {
        note(error.message)
        continue
      }
      guard let row = try finders[number].row(wanted), case .text(let id) = row.value(0) else {
        note("no row of \(keyed.target.name) has \(texts.joined(separator: ", "))")
        continue
      }
      if found.count > 50_000 { found.removeAll() }
      found[name] = id
      arguments[slot] = .text(id)
    }
  }

  private static func values(
    _ texts: [String],
    of keyed: FieldPlan.Keyed
  ) throws(RowProblem) -> [SQLValue] {
    var values: [SQLValue] = []
    for (text, name) in zip(texts, keyed.key.columns) {
      guard let column = keyed.target.column(name) else { continue }
      values.append(SQLValue(column.type.comparison.compared(try column.meaning(of: text))))
    }
    return values
  }
}
