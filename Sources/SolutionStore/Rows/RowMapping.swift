internal import SQL
package import Solutions

extension RowStore {
  /// Copies values where the target has none yet.
  ///
  /// - Parameter replaces: also where it has.
  /// - Returns: rows that were changed by each mapping.
  package func migrate(
    _ name: String,
    _ mappings: [RowMapping],
    replaces: Bool,
    in operation: Int,
    at moment: Timestamp
  ) throws -> [Int] {
    let table = try reader.requireTable(name)
    guard !table.table.isIntersect else {
      throw QueryError(description: "\(name) holds pairs of rows: there is nothing to migrate")
    }
    return try mappings.map { mapping in
      try reader.checkpoint()
      func column(_ name: String) throws -> Column {
        guard let found = table.table.column(name) else {
          throw QueryError(description: "the table \(table.table.name) has no column \(name)")
        }
        return found
      }
      let (source, target) = (try column(mapping.source), try column(mapping.target))
      guard target.type != .primaryKey, !target.isComputed else {
        throw QueryError(description: "\(target.name) cannot be written")
      }
      if case .lookup(let targets) = target.type {
        guard case .lookup(let sources) = source.type, Set(sources).isSubset(of: targets) else {
          throw QueryError(
            description: "\(source.name) does not lead where \(target.name) does: "
              + "\(targets.joined(separator: ", "))"
          )
        }
      }
      defer { onStep("rows-mapped") }
      let changed = try translations(mapping, from: source, to: target, of: table)
      let count = try copy(
        source,
        to: target,
        of: table,
        translating: changed,
        replaces: replaces,
        in: operation,
        at: moment
      )
      try fitStates(after: target.name, of: table, in: operation)
      return count
    }
  }

  /// What each value becomes, where it does not stay the same; all that cannot is told.
  private func translations(
    _ mapping: RowMapping,
    from source: Column,
    to target: Column,
    of table: StoredTable
  ) throws -> [(SQLValue, SQLValue)] {
    var becoming: [String: String] = [:]
    for (old, new) in mapping.values {
      do throws(RowProblem) {
        becoming[source.text(of: try source.meaning(of: old))] = new
      } catch {
        throw QueryError(description: "the mapping of \(source.name): \(error.message)")
      }
    }
    var changed: [(SQLValue, SQLValue)] = []
    var refused: [Prose] = []
    var refusedCount = 0
    let name = table.stored(source.name)
    try sql.forEachRow(
      "SELECT DISTINCT \(name: name) FROM \(name: table.name) WHERE \(name: name) IS NOT NULL"
    ) { row in
      let old = row.value(0)
      let text = source.text(of: RowValue(old))
      do throws(RowProblem) {
        let new = SQLValue(try target.value(of: becoming[text] ?? text))
        if new != old { changed.append((old, new)) }
      } catch {
        refusedCount += 1
        if refused.count < 20 { refused.append("  “\(text)”: \(error.message)") }
      }
    }
    guard refusedCount == 0 else {
      let more: [Prose] =
        refusedCount > refused.count ? ["  … and \(refusedCount - refused.count) more"] : []
      throw QueryError(
        description: ([
          "\(refusedCount) values of \(source.name) cannot go into \(target.name); nothing was changed:"
        ]
          + refused + more).joined(separator: "\n"),
        remedy: .mapValues
      )
    }
    return changed
  }

  private func copy(
    _ source: Column,
    to target: Column,
    of table: StoredTable,
    translating changed: [(SQLValue, SQLValue)],
    replaces: Bool,
    in operation: Int,
    at moment: Timestamp
  ) throws -> Int {
    let from: SQLText = "\(name: table.stored(source.name))"
    let to: SQLText = "\(name: table.stored(target.name))"
    var value = from
    if !changed.isEmpty {
      // No column of a table has a colon in its name without a name before it.
      try sql.execute(
        "CREATE TEMPORARY TABLE translation (\":from\" BLOB PRIMARY KEY, \":to\" BLOB)"
      )
      var rows = BulkInsert(into: "translation", [":from", ":to"])
      for (old, new) in changed { try rows.add([old, new], to: sql) }
      try rows.flush(to: sql)
      // A value may become none.
      value = """
        CASE WHEN \(from) IN (SELECT ":from" FROM translation)
        THEN (SELECT ":to" FROM translation WHERE ":from" = \(from)) ELSE \(from) END
        """
    }
    let assignments =
      assignments(of: value, from: source, to: target, of: table)
      + ["modifiedon = \(moment.rowText)", "versionnumber = \(operation)"]
    let isFree: SQLText = replaces ? "" : " AND \(to) IS NULL"
    let rows: SQLText = "\(name: table.name)"
    let condition: SQLText = "\(from) IS NOT NULL\(isFree)"
    let count = try sql.row("SELECT COUNT(*) FROM \(rows) WHERE \(condition)") { try $0.integer(0) }
    do throws(SQLError) {
      try sql.execute(
        "UPDATE \(rows) SET \(assignments.joined(separator: ", ")) WHERE \(condition)"
      )
    } catch {
      guard error.isNotUnique else { throw error }
      throw QueryError(
        description:
          "\(target.name) belongs to an alternate key, and rows would have equal values; "
          + "nothing was changed"
      )
    }
    if !changed.isEmpty { try sql.execute("DROP TABLE temp.translation") }
    return count ?? 0
  }

  /// A column's value, and what is nothing without it.
  private func assignments(
    of value: SQLText,
    from source: Column,
    to target: Column,
    of table: StoredTable
  ) -> [SQLText] {
    var assignments: [SQLText] = ["\(name: table.stored(target.name)) = \(value)"]
    if let folded = table.foldedName(target.name) {
      assignments.append("\(name: folded) = \(sql.dialect.folded(value))")
    }
    func companion(_ column: Column, _ companion: ColumnDesign.Companion) -> SQLText {
      "\(name: table.stored(StoredTable.companionName(column.name, companion)))"
    }
    if case .lookup = target.type, case .lookup(let sources) = source.type {
      let only = sources.count == 1 ? sources[0] : nil
      assignments.append(
        "\(companion(target, .type)) = COALESCE(\(companion(source, .type)), \(only))"
      )
    }
    if target.type == .file, source.type == .file {
      assignments.append("\(companion(target, .name)) = \(companion(source, .name))")
    }
    return assignments
  }
}
