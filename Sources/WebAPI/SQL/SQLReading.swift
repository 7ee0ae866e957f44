internal import Lifecycle
internal import OData
internal import Solutions

extension RowReading {
  /// Rows that a SELECT finds, as one page without etags.
  func rows(of model: TableModel, selecting text: String) async throws -> WebResponse {
    let building = try await SQLBuilding(text, of: model, catalog: api.catalog)
    let forest = try await api.find(RowTree(building.query), asking: request)
    var json = JSONWriter()
    json.object { json in
      json.member("@odata.context", "\(request.root)$metadata#\(model.head.setName)")
      json.member("value") {
        $0.list { json in
          for row in forest.rows.dropFirst(building.offset) {
            json.object {
              for (place, name) in building.names.enumerated() {
                $0.name(name)
                forest.header.columns[place].column.write(row.values[place], into: &$0)
              }
            }
          }
        }
      }
    }
    return answer(json)
  }
}
