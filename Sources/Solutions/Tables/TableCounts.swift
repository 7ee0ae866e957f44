/// How many rows a table has, and how many values each column.
package struct TableCounts: Equatable, Sendable {
  package let rows: Int
  package let values: [String: Int]

  package init(rows: Int, values: [String: Int]) {
    self.rows = rows
    self.values = values
  }
}
