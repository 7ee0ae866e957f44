package import Solutions

/// `rows count TABLE --by COLUMN`.
package struct RowGroupsShape: Shape {
  package static let format = "strata.rows-groups"

  package struct Group: Codable, Sendable {
    /// By the columns that were asked for.
    package let values: [String: JSONScalar]
    package let rows: Int
  }

  package let table: String
  /// In the order of their values.
  package let groups: [Group]

  /// - Parameter scalar: what a value is.
  package init(table: String, _ page: RowPage, scalar: (RowValue, Column) -> JSONScalar) {
    self.table = table
    groups = page.rows.map { row in
      var values: [String: JSONScalar] = [:]
      for (entry, value) in zip(page.header.columns, row.values).dropLast() {
        values[entry.path.name] = scalar(value, entry.column)
      }
      guard case .integer(let rows)? = row.values.last else {
        return Group(values: values, rows: 0)
      }
      return Group(values: values, rows: Int(rows))
    }
  }
}
