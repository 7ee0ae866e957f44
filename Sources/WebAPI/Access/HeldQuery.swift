internal import Solutions

/// Holds queries to the rows that somebody may read.
struct HeldQuery {
  let actor: Actor
  /// Every table that a query names, and every end of pairs among them, by its name.
  let tables: [String: Table]

  /// - Throws: `WebError` where a table may not be read at all.
  func hold(_ tree: RowTree) throws -> RowTree {
    var held = tree
    held.query = try hold(tree.query, naming: tree.naming)
    held.branches = try tree.branches.map { branch in
      RowTree.Branch(
        trunk: branch.trunk,
        path: branch.path,
        place: branch.place,
        rowsMax: branch.rowsMax,
        tree: try hold(branch.tree)
      )
    }
    return held
  }

  /// - Parameter naming: aliases of joins that show what rows are called, which whoever sees a lookup sees, too.
  func hold(_ query: RowQuery, naming: Set<String> = []) throws -> RowQuery {
    var held = query
    held.filter = .all(
      try [query.filter.map { try hold($0) }, readable(query.table, as: nil)].compactMap(\.self)
    )
    held.joins = try query.joins.map { join in
      var held = join
      guard !naming.contains(join.alias) else { return join }
      let filters = try [
        join.filter.map { try hold($0) }, readable(join.table, as: join.alias),
      ].compactMap(\.self)
      held.filter = filters.isEmpty ? nil : .all(filters)
      return held
    }
    return held
  }

  private func hold(_ filter: RowQuery.Filter) throws -> RowQuery.Filter {
    switch filter {
    case .all(let filters): .all(try filters.map { try hold($0) })
    case .any(let filters): .any(try filters.map { try hold($0) })
    case .not(let filter): .not(try hold(filter))
    case .isFound(let path, let query): .isFound(path, try hold(query))
    default: filter
    }
  }

  private func readable(_ name: String, as alias: String?) throws -> RowQuery.Filter? {
    // Owners are users and teams, and shown as these.
    guard let table = tables[name], name != "owner", ToldTables.model(name) == nil else {
      return nil
    }
    guard table.isIntersect else { return try actor.rows(of: table, for: .read, as: alias) }
    // Who sees a pair sees both of its rows.
    let ends = try table.columns.compactMap { column -> RowQuery.Filter? in
      guard let target = column.targets.first.flatMap({ tables[$0] }),
        let reach = try actor.rows(of: target, for: .read)
      else { return nil }
      var query = RowQuery(target.name)
      query.columns = [RowQuery.ColumnPath(target.primaryKey)]
      query.filter = reach
      query.isUnordered = true
      return .isFound(RowQuery.ColumnPath(column.name, of: alias), query)
    }
    return ends.isEmpty ? nil : .all(ends)
  }
}

extension RowTree {
  /// Names of all tables that it asks.
  var tableNames: Set<String> {
    branches.reduce(into: query.tableNames) { $0.formUnion($1.tree.tableNames) }
  }
}

extension RowQuery {
  /// Names of all tables that it asks.
  var tableNames: Set<String> {
    let filters = [filter].compactMap(\.self) + joins.compactMap(\.filter)
    return filters.flatMap(\.queries).reduce(into: Set([table] + joins.map(\.table))) {
      $0.formUnion($1.tableNames)
    }
  }
}
