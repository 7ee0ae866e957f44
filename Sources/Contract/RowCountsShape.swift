package import Solutions

/// `--rows`: `{"format":"strata.rows","formatVersion":1,"tables":{"fab_note":{"rows":10,"values":{"fab_name":9}}}}`.
package struct RowCountsShape: Shape {
  package static let format = "strata.rows"

  package struct Table: Codable, Sendable {
    package let rows: Int?
    package let values: [String: Int]?
  }

  package let tables: [String: Table]

  /// - Parameter counts: by the logical names of tables.
  package init(_ counts: [String: TableCounts]) {
    tables = counts.mapValues { Table(rows: $0.rows, values: $0.values) }
  }

  /// The same by component.
  package var counts: RowCounts {
    var counts = RowCounts()
    for (table, entry) in tables {
      counts.rows[.entity(table)] = entry.rows
      for (column, values) in entry.values ?? [:] {
        counts.values[.attribute(table, column)] = values
      }
    }
    return counts
  }
}
