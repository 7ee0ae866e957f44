/// Rows of a table with rows that belong to each of them.
package struct RowTree: Sendable {
  package var query: RowQuery
  /// Whether all rows that the query finds are counted, whatever it is limited to.
  package var isCounting = false
  package var branches: [Branch] = []
  /// Aliases of joins that are there for the names of what lookups lead to, and for nothing else.
  package var naming: Set<String> = []
  /// Tables of the query that the database does not have, by their names.
  package var told: [String: ToldRows] = [:]

  package init(_ query: RowQuery) { self.query = query }

  /// Rows that belong to the rows of a tree.
  package struct Branch: Sendable {
    /// Of the parent's columns the one by which its rows are known.
    package let trunk: Int
    /// What leads to it, in the rows of the branch: their column of the same place holds what it leads to.
    package let path: RowQuery.ColumnPath
    package let place: Int
    /// For each row of the parent.
    package let rowsMax: Int?
    package let tree: RowTree

    package init(
      trunk: Int,
      path: RowQuery.ColumnPath,
      place: Int,
      rowsMax: Int?,
      tree: RowTree
    ) {
      self.trunk = trunk
      self.path = path
      self.place = place
      self.rowsMax = rowsMax
      self.tree = tree
    }
  }

  /// Rows of one branch at most, for all rows of the parent together.
  package static let branchRowsMax = 50_000
}

/// What a tree found.
package struct RowForest: Sendable {
  package let header: RowHeader
  package let rows: [Row]
  /// Where the next page begins; nil at the end.
  package let next: RowQuery.Cookie?
  /// nil where nobody asked.
  package let count: Int?
  /// One for each branch.
  package let branches: [Branch]

  package init(
    header: RowHeader,
    rows: [Row],
    next: RowQuery.Cookie?,
    count: Int?,
    branches: [Branch]
  ) {
    self.header = header
    self.rows = rows
    self.next = next
    self.count = count
    self.branches = branches
  }

  package struct Branch: Sendable {
    package let forest: RowForest
    /// Places of rows, by what leads to them, in the order of the branch.
    package let places: [RowValue: [Int]]

    package init(forest: RowForest, places: [RowValue: [Int]]) {
      (self.forest, self.places) = (forest, places)
    }
  }
}
