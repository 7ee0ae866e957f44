/// How many rows a table has, and how many values each column.
package struct TableCounts: Equatable, Sendable {
  package let rows: Int
  package let values: [String: Int]
  /// Each row is a pair of a many-to-many relationship.
  package let arePairs: Bool

  package init(rows: Int, values: [String: Int], arePairs: Bool = false) {
    self.rows = rows
    self.values = values
    self.arePairs = arePairs
  }
}
