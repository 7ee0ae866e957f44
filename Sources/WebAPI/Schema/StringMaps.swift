internal import Lifecycle
internal import Solutions

extension SystemSet {
  /// What the options of columns are called, in the language of the environment.
  static let stringMaps = SystemSet(name: "stringmaps", type: "stringmap") { api, _ in
    var records: [Record] = []
    for head in try await api.catalog.heads() {
      let model = try await api.catalog.model(of: head.name)
      for column in model.table.columns {
        let titles = ToldTables.labelled(column, of: model.name).titles
        for (place, value) in order(of: titles, column).enumerated() {
          records.append(record(model.name, column.name, value, titles[value] ?? "", place))
        }
      }
    }
    return records
  }

  /// As the column lists them.
  private static func order(of titles: [Int: String], _ column: Column) -> [Int] {
    switch column.type {
    case .choice(let known?), .choices(let known?): known.filter { titles[$0] != nil }
    default: titles.keys.sorted()
    }
  }

  private static func record(
    _ table: String,
    _ column: String,
    _ value: Int,
    _ title: String,
    _ place: Int
  ) -> Record {
    Record(
      always: [("stringmapid", .guid(GUID(from: "stringmap", table, column, "\(value)")))],
      [
        ("objecttypecode", .text(table)), ("attributename", .text(column)),
        ("attributevalue", .integer(value)), ("value", .text(title)),
        ("displayorder", .integer(place + 1)), ("langid", .integer(1033)),
      ]
    )
  }
}
