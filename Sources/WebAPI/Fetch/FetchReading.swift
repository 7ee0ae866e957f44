internal import Lifecycle
internal import OData
internal import Solutions
internal import XML

extension RowReading {
  /// Rows that FetchXML finds.
  ///
  /// - Parameter filter: which rows there are at all.
  func rows(
    of model: TableModel,
    fetching text: String,
    where filter: RowQuery.Filter?
  ) async throws -> WebResponse {
    let tree: XMLTree
    do {
      tree = try XMLTree(Array(text.utf8))
    } catch {
      throw WebError.badQuery("the FetchXML cannot be read: \(error)")
    }
    return try await rows(of: model, fetching: tree.root, where: filter)
  }

  /// - Parameter fetch: the element of that name.
  func rows(
    of model: TableModel,
    fetching fetch: XMLElement,
    where filter: RowQuery.Filter?
  ) async throws -> WebResponse {
    let building = try await FetchBuilding(
      fetch,
      of: model,
      catalog: api.catalog,
      moment: api.clock(),
      session: session,
      namesLookups: preferences.wants(Annotation.formatted) || preferences.wants(Annotation.table)
    )
    var asked = RowTree(building.query)
    if let filter {
      asked.query.filter = .all([filter] + [building.query.filter].compactMap(\.self))
    }
    asked.naming.formUnion(building.naming)
    asked.isCounting = building.countsAll
    let forest = try await api.find(asked, asking: request)
    let start = (building.page - 1) * building.pageSize
    let rows = forest.rows.dropFirst(start).prefix(building.pageSize)
    let hasMore = !building.isCut && forest.rows.count > start + building.pageSize
    var json = JSONWriter()
    json.object { json in
      json.member("@odata.context", "\(request.root)$metadata#\(model.head.setName)")
      if preferences.wants(Self.moreRecords) { json.member("@\(Self.moreRecords)", hasMore) }
      // On the last page there is none: clients go on as long as there is one.
      if hasMore, preferences.wants(Self.cookie) {
        json.member("@\(Self.cookie)", cookie(of: rows.last, building, model))
      }
      if let count = forest.count {
        json.member("@\(Annotation.total)", count)
        json.member("@odata.count", count)
      }
      json.member("value") {
        $0.list { json in
          for row in rows {
            json.object {
              write(row, building.names, forest.header, building.lookups, into: &$0)
            }
          }
        }
      }
    }
    return answer(json)
  }

  private static let cookie = "Microsoft.Dynamics.CRM.fetchxmlpagingcookie"
  private static let moreRecords = "Microsoft.Dynamics.CRM.morerecords"

  /// Values by what the answer calls them.
  func write(
    _ row: Row,
    _ names: [String],
    _ header: RowHeader,
    _ lookups: [Int: FetchBuilding.Lookup] = [:],
    into json: inout JSONWriter
  ) {
    for (place, name) in names.enumerated() where place < row.values.count {
      let column = header.columns[place].column
      json.name(name)
      column.write(row.values[place], into: &json)
      if preferences.wants(Annotation.formatted), let text = column.formatted(row.values[place]) {
        json.member("\(name)@\(Annotation.formatted)", text)
      }
      if let lookup = lookups[place], row.values[place] != .null {
        write(lookup, of: row, as: name, into: &json)
      }
    }
  }

  private func write(
    _ lookup: FetchBuilding.Lookup,
    of row: Row,
    as name: String,
    into json: inout JSONWriter
  ) {
    let table = lookup.table.flatMap { row.values[$0].text } ?? lookup.column.targets.first
    let called = lookup.names.first { $0.table == table }.flatMap { row.values[$0.at].text }
    if preferences.wants(Annotation.formatted), let called {
      json.member("\(name)@\(Annotation.formatted)", called)
    }
    if preferences.wants(Annotation.table), let table {
      json.member("\(name)@\(Annotation.table)", table)
    }
  }

  /// What clients send back; the number of the page alone is what counts (WA-522).
  private func cookie(of row: Row?, _ building: FetchBuilding, _ model: TableModel) -> String {
    let key = model.table.primaryKey
    let place = building.names.firstIndex(of: key)
    let id = place.flatMap { row?.values[$0].text } ?? ""
    let inner =
      "<cookie page=\"\(building.page)\"><\(key) last=\"{\(id)}\" first=\"{\(id)}\" /></cookie>"
    let encoded = QueryString.encoded(QueryString.encoded(inner))
    return
      "<cookie pagenumber=\"\(building.page + 1)\" pagingcookie=\"\(encoded)\" istracking=\"False\" />"
  }
}
