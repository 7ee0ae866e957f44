package import SolutionStore
package import Solutions

/// How many rows have each value of some columns.
package struct GroupsQuestion: Question {
  private let table: String
  private let groups: [RowQuery.ColumnPath]
  private let filter: (@Sendable (Table) throws -> RowQuery)?

  /// - Parameters:
  ///   - groups: at least one.
  ///   - filter: made from the table as it is defined: only rows that it finds.
  package init(
    of table: String,
    by groups: [RowQuery.ColumnPath],
    where filter: (@Sendable (Table) throws -> RowQuery)? = nil
  ) {
    self.table = table
    self.groups = groups
    self.filter = filter
  }

  /// What is written down at most; more is what one exports.
  package static let groupsMax = 10_000

  /// - Returns: one row for each group, in the order of its values, with the number of rows at the end.
  /// - Throws: `QueryError` for what is not there, and for more groups than `groupsMax`; what the filter throws.
  package func answer(from store: StoreReader) throws -> RowPage {
    let placed = try store.placed(table)
    var query = RowQuery(table)
    query.filter = try filter?(placed.table).filter
    query.groups = groups
    query.order = groups.map { RowQuery.Order($0) }
    query.aggregates = [RowQuery.Aggregate(.count)]
    query.rowsMax = Self.groupsMax + 1
    var rows: [Row] = []
    try store.rows(query, in: placed) { _, row in rows.append(row) }
    guard rows.count <= Self.groupsMax else {
      throw QueryError(description: "there are more than \(Self.groupsMax) groups of \(table)")
    }
    return RowPage(header: try store.header(of: query, in: placed), rows: rows, next: nil)
  }
}
