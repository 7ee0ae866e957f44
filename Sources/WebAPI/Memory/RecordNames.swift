internal import Lifecycle
internal import Solutions

extension RecordAnswer {
  /// The records with what the rows are called that their lookups lead to, where that is asked for.
  func naming(_ records: [Record], _ api: WebAPI) async throws -> [Record] {
    guard preferences.wants(Annotation.formatted), let model = ToldTables.model(type) else {
      return records
    }
    var named = records
    let lookups = model.table.columns.filter { $0.targets.count == 1 }
    for (table, columns) in Dictionary(grouping: lookups, by: { $0.targets[0] }) {
      let ids = Set(columns.flatMap { column in records.compactMap { $0.id(column.wire) } })
      guard !ids.isEmpty, let target = try await api.catalog.find(table),
        let name = target.table.primaryName
      else { continue }
      let names =
        if let told = SystemSets.told[table] {
          try await self.names(told, target, name, api)
        } else {
          try await api.catalog.names(of: ids, in: target.table, name)
        }
      for (place, record) in records.enumerated() {
        for column in columns {
          named[place].called[column.wire] = record.id(column.wire).flatMap { names[$0] }
        }
      }
    }
    return named
  }

  private func names(
    _ set: SystemSet,
    _ model: TableModel,
    _ name: String,
    _ api: WebAPI
  ) async throws -> [GUID: String] {
    let key = model.table.primaryKey
    let wanted: Set<String> = [key, name]
    let all = try RecordAnswer(everyRowOf: set.name, type: model.name, naming: wanted, request)
    let records = try await set.told?.records(api, all) ?? []
    return records.reduce(into: [:]) { names, record in
      guard let id = record.id(key), case .text(let text)? = record[name] else { return }
      names[id] = text
    }
  }
}

extension Record {
  func id(_ name: String) -> GUID? {
    if case .guid(let id)? = self[name] { id } else { nil }
  }
}

extension Catalog {
  /// What rows are called, whoever may read them: their names are shown to all who see a lookup.
  fileprivate func names(
    of ids: Set<GUID>,
    in table: Table,
    _ name: String
  ) async throws -> [GUID: String] {
    let key = RowQuery.ColumnPath(table.primaryKey)
    var query = RowQuery(table.name)
    query.columns = [key, RowQuery.ColumnPath(name)]
    query.filter = .isAmong(key, ids.map { .text($0.description) })
    query.isUnordered = true
    return try await rows(query).reduce(into: [:]) { names, row in
      guard let id = row.values[0].text.flatMap({ GUID($0) }), let text = row.values[1].text else {
        return
      }
      names[id] = text
    }
  }
}
