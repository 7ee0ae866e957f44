/// A row of an answer.
package struct Row: Equatable, Sendable {
  /// One for each column of the answer, in order.
  package let values: [RowValue]
  /// Where the next page begins after this row; nil for groups.
  package let cookie: RowQuery.Cookie?

  package init(values: [RowValue], cookie: RowQuery.Cookie?) {
    self.values = values
    self.cookie = cookie
  }
}

/// What an answer's rows consist of.
package struct RowHeader: Sendable {
  package let columns: [(path: RowQuery.ColumnPath, column: Column)]
  /// What the columns are displayed as, one for each.
  package let titles: [String]

  package init(columns: [(path: RowQuery.ColumnPath, column: Column)], of table: Table) {
    self.columns = columns
    titles = columns.map { table.title(of: $0.path) }
  }
}

/// Some rows of an answer.
package struct RowPage: Sendable {
  package let header: RowHeader
  package let rows: [Row]
  /// Where the next page begins; nil at the end.
  package let next: RowQuery.Cookie?

  package init(header: RowHeader, rows: [Row], next: RowQuery.Cookie?) {
    self.header = header
    self.rows = rows
    self.next = next
  }
}

/// A query that names what is not there.
package struct QueryError: RemediedError, Equatable, Sendable {
  package let prose: Prose
  package let remedy: Remedy?

  package init(description prose: Prose, remedy: Remedy? = nil) {
    self.prose = prose
    self.remedy = remedy
  }
}
