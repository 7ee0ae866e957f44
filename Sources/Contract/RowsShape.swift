package import Solutions

/// `rows TABLE list --json`.
package struct RowsShape: Shape {
  package static let format = "strata.rows-list"

  package let table: String
  package let columns: [String]
  package let rows: [[String: JSONScalar]]
  /// For `--page`; null at the end.
  @Nullable package var next: String?

  /// - Throws: `EncodingError` for a cookie with a number that JSON cannot hold.
  ///
  /// - Parameter scalar: what a value is.
  package init(
    table: String,
    _ page: RowPage,
    scalar: (RowValue, Column) -> JSONScalar = { JSONScalar($0, of: $1) }
  ) throws {
    self.table = table
    columns = page.header.columns.map(\.path.name)
    rows = page.rows.map { row in
      var fields: [String: JSONScalar] = [:]
      for (entry, value) in zip(page.header.columns, row.values) {
        fields[entry.path.name] = scalar(value, entry.column)
      }
      return fields
    }
    next = try page.next?.text()
  }
}
