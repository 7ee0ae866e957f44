internal import SQL
package import Solutions

extension StoreReader {
  /// What a plan asks of the tables that are there and they cannot give (PF-420).
  ///
  /// The plan itself has looked at what the state says; what is here lies beside it: tables that the plan did not look at,
  /// and columns in the trash, which take their place until they are purged.
  package func shortages(of plan: Plan) throws -> [Finding] {
    let changes = plan.effects.compactMap(\.schemaChange)
    return try sharedNames(changes) + tooWide(changes)
  }

  private func sharedNames(_ changes: [SchemaChange]) throws -> [Finding] {
    let going = Set(changes.compactMap(\.droppedTable))
    return try changes.compactMap(\.made).compactMap { design in
      let holder = try place(named: design.name)?.component
      guard let holder, holder != design.id, !going.contains(holder) else { return nil }
      return Finding(
        TableNameShared(
          component: try named(design.id),
          table: design.name,
          holder: try named(holder)
        )
      )
    }
  }

  private func tooWide(_ changes: [SchemaChange]) throws -> [Finding] {
    var added: [String: (id: ComponentID, width: Int)] = [:]
    for case .addColumns(let table, let columns) in changes {
      added[table.name, default: (table.id, 0)].width += columns.map(\.width).reduce(0, +)
    }
    var folded: [String: Set<String>] = [:]
    for case .createKey(let key, let table) in changes {
      added[table.name, default: (table.id, 0)].width += 0
      folded[table.name, default: []].formUnion(key.folded)
    }
    let columnsMax = min(sql.dialect.columnsMax, TableDesign.columnsMax)
    var findings: [Finding] = try changes.compactMap(\.made).compactMap { design in
      let width = design.columns.map(\.width).reduce(0, +)
      guard width > columnsMax, width <= TableDesign.columnsMax else {
        return nil
      }
      return Finding(TableTooWide(table: try named(design.id), columns: width, most: columnsMax))
    }
    for (name, (id, width)) in added.sorted(by: { $0.key < $1.key }) {
      guard let place = try place(named: name) else { continue }
      let names = Set(try sql.columns(of: place.name))
      let stored = try storedColumns(of: place)
      let new = (folded[name] ?? []).filter {
        !names.contains(StoredTable.foldedName(stored[$0] ?? sql.dialect.storedColumn($0)))
      }
      let there = names.count + new.count
      guard there + width > columnsMax else { continue }
      let inUse = stored.count
      let dropped =
        try pieces("place = \(place.id) AND table_name = \(name) AND purged IS NULL").count - inUse
      findings.append(
        Finding(
          TableTooWide(
            table: try named(id),
            columns: there + width,
            dropped: max(0, dropped),
            most: columnsMax
          )
        )
      )
    }
    return findings
  }

  private func named(_ id: ComponentID) throws -> NamedComponent {
    let component = try part([id]).standing(id)?.top.component
    return NamedComponent(id, kinds, name: component?.name, displayName: component?.displayName)
  }
}

extension SchemaChange {
  /// The component whose table it takes out of use.
  fileprivate var droppedTable: ComponentID? {
    switch self {
    case .dropTable(let table), .discardTable(let table): table.id
    default: nil
    }
  }
}
