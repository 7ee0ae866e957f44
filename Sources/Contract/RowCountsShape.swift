package import Solutions

/// `--rows`: `{"format":"strata.rows","formatVersion":1,"tables":{"fab_note":{"rows":10,"values":{"fab_name":9}}}}`.
package struct RowCountsShape: Shape {
  package static let format = "strata.rows"

  package struct Table: Codable, Sendable {
    package let rows: Int?
    package let values: [String: Int]?

    package init(rows: Int?, values: [String: Int]?) {
      self.rows = rows
      self.values = values
    }
  }

  package var tables: [String: Table]

  package init(tables: [String: Table] = [:]) { self.tables = tables }

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
