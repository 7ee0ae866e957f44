package import Solutions

/// `--rows`: `{"format":"strata.rows","formatVersion":1,"tables":{"fab_note":{"rows":10,"values":{"fab_name":9}}}}`.
package struct RowCountsShape: Shape {
  package static let format = "strata.rows"

  package struct Table: Codable, Sendable {
    package let rows: Count?
    package let values: [String: Count]?
    /// `true` where each row is a pair of a many-to-many relationship; else absent.
    package let arePairs: Bool?
  }

  package let tables: [String: Table]

  /// - Parameter counts: by the logical names of tables.
  package init(_ counts: [String: TableCounts]) {
    tables = counts.mapValues { counts in
      Table(
        rows: Count(counted: counts.rows),
        values: counts.values.mapValues { Count(counted: $0) },
        arePairs: counts.arePairs ? true : nil
      )
    }
  }

  /// The same by component.
  package var counts: RowCounts {
    var counts = RowCounts()
    for (table, entry) in tables {
      counts.rows[.entity(table)] = entry.rows?.number
      for (column, values) in entry.values ?? [:] {
        counts.values[.attribute(table, column)] = values.number
      }
    }
    return counts
  }
}
