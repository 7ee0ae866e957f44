internal import SQL
package import Solutions

extension StoreReader {
  /// What lies in the trash of some components, the newest of each that has values; nil where nothing does.
  ///
  /// - Parameter ids: of tables, columns and relationships that are not there.
  package func trashed(_ ids: Set<ComponentID>) throws -> Trashed? {
    guard !ids.isEmpty else { return nil }
    let rows = try newest(trash().filter { ids.contains($0.component) && $0.origin == .dropped })
    guard !rows.isEmpty else { return nil }
    var found = Trashed()
    var dropped: [Int: Set<ComponentID>] = [:]
    // Tables first: columns may lie in one of them.
    for row in rows.filter({ $0.place == nil }) + rows.filter({ $0.place != nil }) {
      let id = row.component
      found.entries[id] = Trashed.Entry(
        incarnation: row.id,
        isInPlace: try row.place.map { try place(of: id, found) == $0 } ?? true
      )
      var involved: Set<ComponentID> = [id]
      if kinds[id.type].physical == .table {
        let columns = ids.filter {
          kinds[$0.type].physical == .column && $0.tableAndColumn?.table == id.key
        }
        let then = try incarnations(of: columns, at: row.operation - 1)
        for (column, incarnation) in then where !incarnation.isPurged {
          found.columns[column] = incarnation.id
        }
        involved.formUnion(columns)
      }
      dropped[row.operation - 1, default: []].formUnion(involved)
    }
    for (revision, ids) in dropped {
      let former = try part(ids, at: revision)
      found.former.stacks.merge(former.stacks) { one, _ in one }
    }
    return found
  }

  /// Of each component the newest entry with rows or values: one that came and went empty since hides none.
  ///
  /// Where none has any, the newest.
  ///
  /// - Parameter rows: newest first.
  private func newest(_ rows: [TrashRow]) throws -> [TrashRow] {
    try Dictionary(grouping: rows, by: \.component).values.compactMap { entries in
      guard entries.count > 1 else { return entries.first }
      return try entries.first { try count(try piece($0.id)) ?? 0 > 0 } ?? entries.first
    }
    .sorted { $0.component < $1.component }
  }

  /// The table that a column would come to lie in: the one that is there, or that comes out of the trash with it.
  private func place(of column: ComponentID, _ found: Trashed) throws -> Incarnation.ID? {
    guard let table = column.tableAndColumn?.table else { return nil }
    return try place(named: table)?.id ?? found.entries[.entity(table)]?.incarnation
  }
}

extension StoreReader {
  /// Of an operation that was a rollback: the first operation that it undid.
  package func undone(by number: Int) throws -> Int? {
    let rows = try sql.rows(
      "SELECT title FROM operation WHERE number = \(number) AND verb = 'rollback'"
    ) { try $0.text(0) }
    return rows.first.flatMap { title in
      let digits = title.drop { !$0.isNumber }.prefix { $0.isNumber }
      return Int(digits)
    }
  }
}
