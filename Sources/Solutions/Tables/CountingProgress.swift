/// How far a count has come.
package struct CountingProgress: Equatable, Sendable {
  /// Logical name of the table.
  package let table: String
  package let rows: Int
  package let rowsMax: Int

  package init(table: String, rows: Int, rowsMax: Int) {
    self.table = table
    self.rows = rows
    self.rowsMax = rowsMax
  }
}
