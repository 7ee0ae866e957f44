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
      namesLookups: preferences.annotatesLookups
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
    let columns = building.answer
    let context = "\(request.root)$metadata#\(model.head.setName)\(building.selected)"
    var json = JSONWriter()
    json.object { json in
      json.member("@odata.context", context)
      if preferences.wants(Self.moreRecords) { json.member("@\(Self.moreRecords)", hasMore) }
      // On the last page there is none: clients go on as long as there is one.
      if hasMore, preferences.wants(Self.cookie) {
        json.member("@\(Self.cookie)", cookie(of: rows.last, building, model))
      }
      if let count = forest.count { json.count(count, preferences, isAlwaysTotal: true) }
      json.member("value") {
        $0.list { json in
          for row in rows {
            json.object {
              if let version = building.version {
                $0.member("@odata.etag", RowJSON.etag(row.values[version]))
              }
              write(row, columns, forest.header, into: &$0)
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
    _ columns: AnswerColumns,
    _ header: RowHeader,
    into json: inout JSONWriter
  ) {
    for (place, name) in columns.names.enumerated()
    where place < row.values.count && !name.isEmpty {
      let (column, value) = (header.columns[place].column, row.values[place])
      json.name(name)
      column.write(value, into: &json)
      if preferences.wants(Annotation.formatted),
        let text = columns.sources[place]?.formatted(aggregate: value) ?? column.formatted(value)
      {
        json.member("\(name)@\(Annotation.formatted)", text)
      }
      if let lookup = columns.lookups[place], value != .null {
        write(lookup, of: row, as: name, into: &json)
      }
    }
  }

  private func write(
    _ lookup: LookupNaming.Lookup,
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
    if preferences.wants(Annotation.navigation),
      let navigation = table.flatMap({ lookup.navigations[$0] })
    {
      json.member("\(name)@\(Annotation.navigation)", navigation)
    }
  }

  /// What clients send back; the number of the page alone is what counts (WA-522).
  private func cookie(of row: Row?, _ building: FetchBuilding, _ model: TableModel) -> String {
    let key = model.table.primaryKey
    let place = building.answer.names.firstIndex(of: key)
    let id = place.flatMap { row?.values[$0].text } ?? ""
    let inner =
      "<cookie page=\"\(building.page)\"><\(key) last=\"{\(id)}\" first=\"{\(id)}\" /></cookie>"
    let encoded = QueryString.encoded(QueryString.encoded(inner))
    return
      "<cookie pagenumber=\"\(building.page + 1)\" pagingcookie=\"\(encoded)\" istracking=\"False\" />"
  }
}
