internal import OData
internal import Solutions

/// Writes what a query found, column by column.
struct RowJSON {
  /// Which annotations are wished for.
  private let isFormatted: Bool
  private let namesTables: Bool
  private let namesNavigation: Bool
  private let root: String
  /// Sets by tables, for references.
  private let sets: [String: String]

  init(_ preferences: Preferences, root: String, sets: [String: String]) {
    isFormatted = preferences.wants(Annotation.formatted)
    namesTables = preferences.wants(Annotation.table)
    namesNavigation = preferences.wants(Annotation.navigation)
    self.root = root
    self.sets = sets
  }

  /// The members of a row.
  func write(_ row: Row, of forest: RowForest, as layout: Layout, into json: inout JSONWriter) {
    if let version = layout.version {
      json.member("@odata.etag", Self.etag(row.values[version]))
    }
    for field in layout.fields { write(field, row, layout, into: &json) }
    for single in layout.singles {
      json.name(single.name)
      guard let layout = single.layout(in: row) else {
        json.raw("null")
        continue
      }
      json.object {
        if single.isReference {
          reference(row, layout, into: &$0)
        } else {
          if !single.others.isEmpty {
            $0.member("@odata.type", "#Microsoft.Dynamics.CRM.\(layout.model.name)")
          }
          write(row, of: forest, as: layout, into: &$0)
        }
      }
    }
    for branch in layout.branches {
      let found = forest.branches[branch.place]
      let rows = found.places[row.values[layout.key]] ?? []
      guard branch.kind != .count else {
        json.member("\(branch.name)@odata.count", rows.count)
        continue
      }
      json.member(branch.name) {
        $0.list {
          for place in rows {
            $0.object {
              if branch.kind == .references {
                reference(found.forest.rows[place], branch.layout, into: &$0)
              } else {
                write(found.forest.rows[place], of: found.forest, as: branch.layout, into: &$0)
              }
            }
          }
        }
      }
    }
  }

  func reference(_ row: Row, _ layout: Layout, into json: inout JSONWriter) {
    json.member("@odata.id", address(layout.model.name, row.values[layout.key]))
  }

  func address(_ table: String, _ id: RowValue) -> String {
    "\(root)\(sets[table] ?? table)(\(id.text ?? ""))"
  }

  /// The same below the address of the environment.
  func path(_ table: String, _ id: RowValue) -> String {
    let whole = address(table, id)
    return whole.firstRange(of: "/api/data/").map { String(whole[$0.lowerBound...]) } ?? whole
  }

  static func etag(_ version: RowValue) -> String {
    if case .integer(let number) = version { "W/\"\(number)\"" } else { "W/\"0\"" }
  }

  private func write(
    _ field: Layout.Field,
    _ row: Row,
    _ layout: Layout,
    into json: inout JSONWriter
  ) {
    let (column, value) = (field.column, row.values[field.at])
    if let fact = field.fact {
      return write(fact, of: column, at: field.at, row, layout, into: &json)
    }
    if column.type == .file {
      let id = row.values[layout.key].text ?? ""
      let file = value == .null ? nil : column.fileID(ofRow: id).description
      json.member(column.wire, file)
      json.member("\(column.name)_name", value.text)
      return
    }
    json.name(column.wire)
    column.write(value, into: &json)
    guard value != .null else { return }
    if isFormatted, let text = formatted(field, value, row) {
      json.member("\(column.wire)@\(Annotation.formatted)", text)
    }
    guard column.isLookup else { return }
    let table = field.table.flatMap { row.values[$0].text } ?? column.targets.first ?? ""
    if namesTables {
      json.member("\(column.wire)@\(Annotation.table)", table)
    }
    guard namesNavigation else { return }
    if let link = layout.model.links(of: column.name).first(where: { $0.target == table }) {
      json.member("\(column.wire)@\(Annotation.navigation)", link.property)
    }
  }

  private func formatted(_ field: Layout.Field, _ value: RowValue, _ row: Row) -> String? {
    guard field.column.isLookup else { return field.column.formatted(value) }
    let table = field.table.flatMap { row.values[$0].text }
    for (target, at) in field.names where table == nil || table == target {
      if let name = row.values[at].text { return name }
    }
    return nil
  }
}

extension RowValue {
  var text: String? { if case .text(let text) = self { text } else { nil } }
}

extension Column {
  /// A value as JSON.
  func write(_ value: RowValue, into json: inout JSONWriter) {
    switch (value, type) {
    case (.null, _): json.raw("null")
    case (.integer(let number), .boolean): json.raw(number == 0 ? "false" : "true")
    case (.integer(let number), _): json.raw(String(number))
    case (.real(let number), _): json.raw(number.isFinite ? number.description : "null")
    case (.text(let text), .decimal): json.raw(text)
    case (.text(let text), .choices):
      json.string(text.split(separator: ",").joined(separator: ","))
    // One type of JSON has all moments; which zone they are in, the column says.
    case (.text(let text), .dateTime(.timeZoneIndependent)):
      json.string(text.hasSuffix("Z") ? text : "\(text)Z")
    // What a file holds is asked for by itself.
    case (.bytes, .file): json.raw("null")
    default: json.string(text(of: value))
    }
  }

  /// A value as people read it in English; nil for what is written the same for programs.
  func formatted(_ value: RowValue) -> String? {
    switch (type, value) {
    case (.boolean, .integer(let number)):
      return titles[Int(number)] ?? (number == 0 ? "No" : "Yes")
    case (.choice, .integer(let number)): return titles[Int(number)]
    case (.choices, .text(let text)):
      return text.split(separator: ",").map { titles[Int($0) ?? -1] ?? String($0) }
        .joined(separator: "; ")
    case (.integer, .integer(let number)), (.bigInteger, .integer(let number)):
      return Self.grouped(String(number))
    case (.decimal(let places, _, _), .text(let text)):
      return Self.grouped(text, places: min(places, 2))
    case (.float, .real(let number)): return Self.grouped(number.description)
    case (.dateTime(let behavior), .text(let text)): return Self.moment(behavior, text)
    default: return nil
    }
  }

  /// `1,234.50`.
  private static func grouped(_ text: String, places: Int = 0) -> String {
    guard !text.contains("e") else { return text }
    let isNegative = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
    var whole = ""
    for (place, digit) in (parts.first ?? "0").reversed().enumerated() {
      if place > 0, place % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    var rest = parts.count > 1 ? String(parts[1]) : ""
    rest += String(repeating: "0", count: max(0, places - rest.count))
    return (isNegative ? "-" : "") + String(whole.reversed()) + (rest.isEmpty ? "" : ".\(rest)")
  }

  /// `1/31/2026 9:30 AM`.
  private static func moment(_ behavior: ColumnType.DateBehavior, _ text: String) -> String? {
    let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard parts.count >= 3 else { return nil }
    let day = "\(parts[1])/\(parts[2])/\(parts[0])"
    guard behavior != .dateOnly else { return day }
    let (hour, minute) = parts.count >= 5 ? (parts[3], parts[4]) : (0, 0)
    let shown = hour % 12 == 0 ? 12 : hour % 12
    return "\(day) \(shown):\(minute < 10 ? "0" : "")\(minute) \(hour < 12 ? "AM" : "PM")"
  }
}
