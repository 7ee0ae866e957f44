internal import SQL
package import Solutions
internal import XML

extension RowStore {
  /// Deletes the rows that a query finds, for good, and does to others what relationships say.
  package func delete(
    _ query: RowQuery,
    in operation: Int,
    at moment: Timestamp
  ) throws -> RowDeletion {
    let root = try reader.requireTable(query.table)
    try sql.execute(
      """
      CREATE TEMPORARY TABLE doomed (name \(sql.dialect.text), id \(sql.dialect.text), round BIGINT,
        PRIMARY KEY (name, id))
      """
    )
    var ids = Batch(into: "doomed", ["name", "id", "round"], .kept)
    var rows = query
    rows.columns = [RowQuery.ColumnPath(root.table.primaryKey)]
    rows.isUnordered = true
    try reader.rows(rows) { _, row in
      try ids.add([.text(root.table.name), SQLValue(row.values[0]), 0], to: sql)
    }
    try ids.flush(to: sql)
    var referring: [String: [Referring]] = [
      root.table.name: try self.referring(to: root.table.name)
    ]
    var round = 0
    try reader.checkpoint()
    while try doom(&referring, round: round) {
      round += 1
      try reader.checkpoint()
    }
    let links = referring.values.flatMap { $0 }.sorted { $0.name < $1.name }
    let reasons = try systemRowsDoomed() + held(by: links)
    guard reasons.isEmpty else { throw RowsHeld(reasons: reasons) }
    let unlinked = try unlink(links, operation: operation, moment: moment)
    onStep("rows-unlinked")
    let (deleted, pairs) = try removeDoomed(Array(referring.keys).sorted())
    try sql.execute("DROP TABLE doomed")
    return RowDeletion(deleted: deleted, unlinked: unlinked, pairs: pairs)
  }

  /// A lookup that leads to a table.
  private struct Referring {
    /// Of the relationship.
    let name: String
    let target: String
    let source: StoredTable
    let column: String
    let cascade: String

    /// Whether rows that lead to doomed ones and are not doomed themselves are in the way: what the system requires is
    /// not emptied.
    var isHolding: Bool {
      cascade == "Restrict"
        || cascade != "Cascade" && source.table.column(column)?.isSystemRequired == true
    }

    /// Rows of the source that lead to doomed ones.
    var condition: SQLText {
      let type = source.stored(StoredTable.companionName(column, .type))
      return """
        \(name: source.stored(column)) IN (SELECT id FROM doomed WHERE name = \(target))
        AND COALESCE(\(name: type), \(target)) = \(target)
        """
    }

    /// Rows of the source that are not doomed themselves.
    var isLeft: SQLText {
      """
      \(name: source.stored(source.table.primaryKey)) NOT IN
        (SELECT id FROM doomed WHERE name = \(source.table.name))
      """
    }
  }

  private func referring(to table: String) throws -> [Referring] {
    let index = StoreIndex(reader: reader, moment: Moment(revision: nil))
    let relationships = try index.dependents(of: [.entity(table)]).filter {
      reader.kinds[$0.type].physical == .relationship
    }
    let described: [Referring] = try reader.part(relationships).stacks.sorted { $0.key < $1.key }
      .compactMap { id, stack in
        let definition = stack.effective(reader.kinds[id.type].merge).definition
        guard let link = definition.lookupLink, link.target == table,
          let stored = try reader.storedTable(link.table), stored.table.column(link.column) != nil
        else { return nil }
        return Referring(
          name: stack.top.component.name,
          target: table,
          source: stored,
          column: link.column,
          cascade: definition.element.text(of: "CascadeDelete") ?? "RemoveLink"
        )
      }
    return try described + referringBySystem(to: table, besides: described)
  }

  /// Lookups that no relationship of a solution describes (owner, customer, the system's own) lead to its tables only.
  private func referringBySystem(
    to table: String,
    besides described: [Referring]
  ) throws -> [Referring] {
    guard SystemBaseline.contains(.entity(table)) else { return [] }
    let known = Set(described.map { "\($0.source.table.name).\($0.column)" })
    // Pairs go as a whole.
    let pairs = Set(try intersects(of: table).map(\.name))
    let names = Set(try reader.tableNames() + reader.systemTables()).sorted()
    let tables = try names.compactMap { try reader.storedTable($0) }.filter {
      !pairs.contains($0.name)
    }
    return tables.flatMap { source in
      source.table.columns.compactMap { column -> Referring? in
        let name = "\(source.table.name).\(column.name)"
        guard case .lookup(let targets) = column.type, targets.contains(table),
          !known.contains(name)
        else { return nil }
        return Referring(
          name: name,
          target: table,
          source: source,
          column: column.name,
          cascade: "RemoveLink"
        )
      }
    }
  }

  /// Whether more rows are to go than in the round before.
  private func doom(_ referring: inout [String: [Referring]], round: Int) throws -> Bool {
    let before = try sql.row("SELECT COUNT(*) FROM doomed") { try $0.integer(0) }
    for link in referring.values.flatMap({ $0 })
    where ["Cascade", "ActiveOnly"].contains(link.cascade) {
      let name = link.source.table.name
      let isActive: SQLText = link.cascade == "ActiveOnly" ? " AND statecode = 0" : ""
      try sql.execute(
        """
        INSERT INTO doomed (name, id, round)
        SELECT \(name), \(name: link.source.stored(link.source.table.primaryKey)), \(round + 1)
        FROM \(name: link.source.name) WHERE \(link.condition)\(isActive)
        ON CONFLICT DO NOTHING
        """
      )
      if referring[name] == nil { referring[name] = try self.referring(to: name) }
    }
    return try sql.row("SELECT COUNT(*) FROM doomed") { try $0.integer(0) } != before
  }

  /// Rows that the environment was made with; without them nothing can be written again.
  private func systemRowsDoomed() throws -> [String] {
    let environment = try reader.environment()
    return try SystemRows.tables.compactMap { table in
      let ids = [SystemRows.id(in: table), SystemRows.formerID(in: table, of: environment)]
      let found = try sql.row(
        """
        SELECT id FROM doomed
        WHERE name = \(table) AND id IN \(list: ids.map { .text($0.description) })
        """
      ) { try $0.text(0) }
      return found.map {
        "the row \($0) of \(table) is made with the environment; it cannot be deleted"
      }
    }
  }

  /// What relationships or the system do not let go.
  private func held(by links: [Referring]) throws -> [String] {
    try links.filter { $0.isHolding }.compactMap { link -> String? in
      let count = try sql.row(
        """
        SELECT COUNT(*) FROM \(name: link.source.name)
        WHERE \(link.condition) AND \(link.isLeft)
        """
      ) { try $0.integer(0) }
      guard let count, count > 0 else { return nil }
      let rows = count == 1 ? "1 row" : "\(count) rows"
      let lead =
        "\(rows) of \(link.source.table.name) \(count == 1 ? "leads" : "lead") to them by \(link.column)"
      return lead
        + (link.cascade == "Restrict"
          ? ", and the relationship \(link.name) restricts deleting"
          : ", which the system requires to lead somewhere")
    }
  }

  private func unlink(
    _ links: [Referring],
    operation: Int,
    moment: Timestamp
  ) throws -> [String: Int] {
    var unlinked: [String: Int] = [:]
    for link in links where link.cascade != "Cascade" && !link.isHolding {
      let rows: SQLText = "\(link.condition) AND \(link.isLeft)"
      let count = try sql.row("SELECT COUNT(*) FROM \(name: link.source.name) WHERE \(rows)") {
        try $0.integer(0)
      }
      guard let count, count > 0 else { continue }
      let names = [link.column, StoredTable.companionName(link.column, .type)]
      let emptied = names.map { "\(name: link.source.stored($0)) = NULL" as SQLText }
      try sql.execute(
        """
        UPDATE \(name: link.source.name) SET \(emptied.joined(separator: ", ")),
          modifiedon = \(moment.rowText), versionnumber = \(operation) WHERE \(rows)
        """
      )
      unlinked["\(link.source.table.name).\(link.column)"] = count
    }
    return unlinked
  }

  private func removeDoomed(
    _ tables: [String]
  ) throws -> (rows: [String: Int], pairs: [String: Int]) {
    var (deleted, removed) = ([String: Int](), [String: Int]())
    for name in tables {
      guard let stored = try reader.storedTable(name) else { continue }
      let ids: SQLText = "(SELECT id FROM doomed WHERE name = \(name))"
      for pairs in try intersects(of: name) {
        for column in pairs.table.columns {
          guard case .lookup([name]) = column.type else { continue }
          let doomed: SQLText =
            "\(name: pairs.name) WHERE \(name: pairs.stored(column.name)) IN \(ids)"
          let count = try reader.count(doomed)
          if count > 0 { removed[pairs.table.name, default: 0] += count }
          try sql.execute("DELETE FROM \(doomed)")
        }
      }
      let count = try sql.row("SELECT COUNT(*) FROM doomed WHERE name = \(name)") {
        try $0.integer(0)
      }
      try sql.execute(
        """
        DELETE FROM \(name: stored.name)
        WHERE \(name: stored.stored(stored.table.primaryKey)) IN \(ids)
        """
      )
      if let count, count > 0 { deleted[name] = count }
    }
    return (deleted, removed)
  }

  private func intersects(of table: String) throws -> [StoredTable] {
    let index = StoreIndex(reader: reader, moment: Moment(revision: nil))
    let system = try SystemBaseline.pairNames(of: table).compactMap { try reader.storedTable($0) }
    return try system
      + index.dependents(of: [.entity(table)]).sorted().compactMap { id in
        guard reader.kinds[id.type].physical == .relationship, let piece = try reader.current(id)
        else {
          return nil
        }
        return try reader.storedTable(piece.table)
      }
  }
}
