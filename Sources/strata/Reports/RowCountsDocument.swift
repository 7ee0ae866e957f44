import Solutions

/// `--rows`: `{"format":"strata.rows","formatVersion":1,"tables":{"fab_note":{"rows":10,"values":{"fab_name":9}}}}`.
struct RowCountsDocument: Codable {
  struct Table: Codable {
    let rows: Int?
    let values: [String: Int]?
  }

  let format: String
  let formatVersion: Int
  var tables: [String: Table]

  init(tables: [String: Table]) {
    format = "strata.rows"
    formatVersion = 1
    self.tables = tables
  }

  static func read(_ path: String) throws -> RowCounts {
    let document: RowCountsDocument
    do {
      document = try DocumentCoder.decode(RowCountsDocument.self, try Files.bytes(of: path))
    } catch let error as Files.Failure {
      throw error
    } catch {
      throw Files.Failure(
        description: "cannot read \(path): not a document of row counts (docs/rows.md)"
      )
    }
    var counts = RowCounts()
    for (table, entry) in document.tables {
      counts.rows[.entity(table)] = entry.rows
      for (column, values) in entry.values ?? [:] {
        counts.values[.attribute(table, column)] = values
      }
    }
    return counts
  }
}

extension PlanDocument {
  /// What was counted when the plan was made.
  func counts(kinds: ComponentKinds) -> RowCounts {
    var counts = RowCounts()
    for change in changes {
      guard let loss = change.dataLoss, let kind = kinds[named: change.component.kind] else {
        continue
      }
      let id = ComponentID(kind.type, change.component.name.lowercased())
      switch kind.physical {
      case .table: counts.rows[id] = loss.rows
      case .column: counts.values[id] = loss.values
      case .relationship, .key, .none: break
      }
    }
    return counts
  }
}
