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
    var tables: [String: Incarnation.ID] = [:]
    var columns: [ColumnIncarnation] = []
    for change in changes {
      switch change {
      case .restoreTable(let design, let id, let its):
        tables[design.name] = id
        columns += its
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
}
