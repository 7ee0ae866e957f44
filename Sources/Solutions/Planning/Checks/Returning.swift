/// What comes out of the trash meets rows that were written, and deleted, since.
extension Checks {
  /// The system's requirements hold for rows that get no value back, too.
  static let requirements = Check<[SchemaChange]>("requirements of what returns") {
    changes,
    context in
    changes.compactMap { change in
      guard case .restoreColumn(let id, table: _, let incarnation) = change,
        context.state.column(id, kinds: context.kinds)?.isSystemRequired == true
      else { return nil }
      return Finding(RequiredEmpty(column: context.named(id), incarnation: incarnation))
    }
  }

  /// Lookups come back as they were.
  static let returningLookups = Check<[SchemaChange]>("lookups that return") { changes, context in
    let tables = returningTables(changes)
    var columns: [ColumnIncarnation] = []
    for change in changes {
      switch change {
      case .restoreTable(_, _, let its): columns += its
      case .restoreColumn(let id, table: _, let incarnation):
        columns.append(ColumnIncarnation(column: id, id: incarnation))
      default: continue
      }
    }
    return columns.compactMap { entry in
      guard let (table, name) = entry.column.tableAndColumn,
        case .lookup(let targets)? = context.state.table(table, kinds: context.kinds)?
          .column(name)?.type, !targets.isEmpty
      else { return nil }
      let places = targets.map { ($0, tables[$0]) }
      return Finding(
        LookupsReturn(
          column: context.named(entry.column),
          returning: RowQuestion.Returning(
            incarnation: entry.id,
            targets: Dictionary(places) { first, _ in first }
          )
        )
      )
    }
  }

  /// So do pairs of rows.
  static let returningPairs = Check<[SchemaChange]>("pairs that return") { changes, context in
    let tables = returningTables(changes)
    return changes.compactMap { change in
      guard case .restoreTable(let design, let id, columns: _) = change,
        let pairs = context.state.table(ofIntersect: design.id)
      else { return nil }
      let ends = pairs.columns.compactMap { column -> RowQuestion.Pairs.End? in
        guard case .lookup(let targets) = column.type, let target = targets.first else {
          return nil
        }
        return RowQuestion.Pairs.End(column: column.name, target: target, entry: tables[target])
      }
      let content = PairsReturn(
        relationship: context.named(design.id),
        returning: RowQuestion.Pairs(incarnation: id, ends: ends)
      )
      return Finding(content)
    }
  }

  private static func returningTables(_ changes: [SchemaChange]) -> [String: Incarnation.ID] {
    changes.reduce(into: [:]) { tables, change in
      if case .restoreTable(let design, let id, columns: _) = change { tables[design.name] = id }
    }
  }
}
