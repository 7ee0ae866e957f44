internal import SQL
package import Solutions

extension StoreReader {
  /// Rows with those that belong to them: one statement for the rows, one for each branch, whatever the number of rows.
  ///
  /// - Parameters:
  ///   - given: for `RowQuery.Filter.isGiven`; nil where nothing has to be.
  ///   - kept: where the statement for the rows is left for whoever asks again.
  ///   - isBrief: nobody may wait long for it.
  /// - Throws: `QueryError` for what is not there, and for a branch with more rows than are read;
  ///   `KeptStatement.TakesLonger`.
  package func forest(
    _ tree: RowTree,
    given: RowValue? = nil,
    keeping kept: KeptStatement? = nil,
    isBrief: Bool = false
  ) throws -> RowForest {
    var query = tree.query
    let rowsMax = query.rowsMax ?? Int.max
    // One more tells whether there is another page.
    query.rowsMax = rowsMax < .max ? rowsMax + 1 : nil
    let told = tree.told.mapValues { StoredTable($0, dialect: sql.dialect) }
    let statement = try statement(query, told.isEmpty ? kept : nil, told)
    let form = try statement.form(self, told.isEmpty ? kept : nil, isBrief: isBrief)
    var rows: [Row] = []
    try sql.forEachRow(form.text, given.map { [SQLValue($0)] } ?? []) { rows.append(form.row($0)) }
    let next = rows.count > rowsMax && rowsMax > 0 ? rows[rowsMax - 1].cookie : nil
    if rows.count > rowsMax { rows.removeLast(rows.count - rowsMax) }
    return RowForest(
      header: statement.header,
      rows: rows,
      next: next,
      count: tree.isCounting ? try count(tree.query, told) : nil,
      branches: try tree.branches.map { try branch($0, of: rows, tree.told) }
    )
  }

  /// How many rows a query finds, whatever it is limited to.
  package func count(_ query: RowQuery) throws -> Int { try count(query, [:]) }

  private func count(_ query: RowQuery, _ told: [String: StoredTable]) throws -> Int {
    var counting = query
    (counting.columns, counting.order, counting.after, counting.rowsMax) = ([], [], nil, nil)
    counting.aggregates = [RowQuery.Aggregate(.count)]
    var count = 0
    let named: (String) throws -> StoredTable = { try told[$0] ?? self.requireTable($0) }
    try rows(counting, tables: named) { _, row in
      if case .integer(let number) = row.values[0] { count = Int(number) }
    }
    return count
  }

  private func branch(
    _ branch: RowTree.Branch,
    of parents: [Row],
    _ told: [String: ToldRows]
  ) throws -> RowForest.Branch {
    let wanted = Set(parents.map { $0.values[branch.trunk] }).subtracting([.null])
    var tree = branch.tree
    tree.told = told
    var filters: [RowQuery.Filter] = [.isAmong(branch.path, Array(wanted))]
    if let filter = tree.query.filter { filters.append(filter) }
    tree.query.filter = .all(filters)
    tree.query.rowsMax = RowTree.branchRowsMax
    let forest = try self.forest(tree)
    guard forest.next == nil else {
      throw QueryError(
        description:
          "more than \(RowTree.branchRowsMax) rows belong to these: ask for fewer rows at a time"
      )
    }
    var places: [RowValue: [Int]] = [:]
    for (place, row) in forest.rows.enumerated() {
      let value = row.values[branch.place]
      if let most = branch.rowsMax, places[value]?.count ?? 0 >= most { continue }
      places[value, default: []].append(place)
    }
    return RowForest.Branch(forest: forest, places: places)
  }
}
