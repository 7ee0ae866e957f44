internal import OData
internal import Solutions
internal import XML

/// FetchXML over rows that lie in no table: one entity with its conditions, its order and its pages.
struct RecordFetch {
  private let entity: XMLElement
  private let type: String
  private let pageSize: Int
  private let page: Int
  private let isCut: Bool
  private let counts: Bool
  /// What the answer calls a value, and the column that has it; nil where everything is asked for.
  private let columns: [(name: String, column: String)]?

  init(_ text: String, type: String) throws {
    let tree: XMLTree
    do {
      tree = try XMLTree(Array(text.utf8))
    } catch {
      throw WebError.badQuery("the FetchXML cannot be read: \(error)")
    }
    let fetch = tree.root
    guard fetch.name == "fetch", let entity = fetch.child("entity") else {
      throw WebError.badQuery("FetchXML is a fetch with an entity in it")
    }
    guard entity.attribute("name")?.lowercased() == type else {
      throw WebError.badQuery("the entity of the FetchXML is not that of the set")
    }
    for name in ["aggregate", "distinct"] where fetch.attribute(name) == "true" {
      throw WebError(missing: "\(name) in FetchXML over \(type)")
    }
    let known = ["attribute", "all-attributes", "no-attrs", "order", "filter"]
    if let other = entity.children.first(where: { !$0.isText && !known.contains($0.name) }) {
      throw WebError(missing: "<\(other.name.shown(40))> in FetchXML over \(type)")
    }
    func number(_ name: String) throws -> Int? {
      guard let text = fetch.attribute(name) else { return nil }
      guard let number = Int(text), (1...500_000).contains(number) else {
        throw WebError.badQuery("\(name) of the fetch is a number from 1")
      }
      return number
    }
    let top = try number("top")
    isCut = top != nil
    let size = try top ?? number("count") ?? Preferences.pageSizeMax
    pageSize = min(size, Preferences.pageSizeMax)
    page = isCut ? 1 : try number("page") ?? 1
    counts = fetch.attribute("returntotalrecordcount") == "true"
    let attributes = entity.children("attribute")
    columns =
      attributes.isEmpty
      ? nil
      : try attributes.map { element in
        guard let name = element.attribute("name")?.lowercased() else {
          throw WebError.badQuery("an attribute has a name")
        }
        return (element.attribute("alias") ?? "", name)
      }
    (self.entity, self.type) = (entity, type)
  }

  func answer(_ records: [Record], context: String, _ preferences: Preferences) throws
    -> WebResponse
  {
    var found = try records.filter { record in
      try entity.children("filter").allSatisfy { try holds($0, record) }
    }
    for order in entity.children("order").reversed() {
      guard let name = order.attribute("attribute") else {
        throw WebError.badQuery("an order names an attribute")
      }
      let isDescending = order.attribute("descending") == "true"
      let keyed = try found.map { (RecordQuery.key(try cell(name, $0).cell), $0) }
      let sorted = keyed.enumerated().sorted { one, other in
        let (left, right) = (one.element.0, other.element.0)
        guard left == right else { return isDescending ? left > right : left < right }
        return one.offset < other.offset
      }
      found = sorted.map(\.element.1)
    }
    // No page lies behind the last that can be asked for.
    let start = (page - 1).multipliedReportingOverflow(by: pageSize)
    let shown = start.overflow ? [] : found.dropFirst(start.partialValue).prefix(pageSize)
    let hasMore = !isCut && !start.overflow && found.count > start.partialValue + shown.count
    let more = "Microsoft.Dynamics.CRM.morerecords"
    var json = JSONWriter()
    try json.object { json in
      json.member("@odata.context", context)
      if preferences.wants(more) { json.member("@\(more)", hasMore) }
      if counts { json.member("@odata.count", found.count) }
      try json.member("value") {
        try $0.list { json in
          for record in shown { try json.object { try write(record, into: &$0) } }
        }
      }
    }
    return .json(json)
  }

  private func write(_ record: Record, into json: inout JSONWriter) throws {
    guard let columns else { return record.write(into: &json) }
    var written = Set<String>()
    for (name, cell) in record.always where written.insert(name).inserted {
      json.name(name)
      cell.write(into: &json)
    }
    for (alias, column) in columns {
      let (own, cell) = try cell(column, record)
      let name = alias.isEmpty ? own : alias
      guard written.insert(name).inserted else { continue }
      json.name(name)
      cell.write(into: &json)
    }
  }

  /// A column by its logical name: a lookup is written as `_name_value`.
  private func cell(_ column: String, _ record: Record) throws -> (name: String, cell: Cell) {
    let lookup = "_\(column.lowercased())_value"
    if let cell = record[lookup] { return (lookup, cell) }
    guard let cell = record[column] else { throw WebError.noProperty(column, on: type) }
    return (column.lowercased(), cell)
  }

  // MARK: Conditions

  private func holds(_ filter: XMLElement, _ record: Record) throws -> Bool {
    let terms = filter.children.filter { !$0.isText }
    guard !terms.isEmpty else { return true }
    let holds = try terms.map { term in
      switch term.name {
      case "filter": try self.holds(term, record)
      case "condition": try isMet(term, record)
      default: throw WebError(missing: "<\(term.name.shown(40))> in a filter over \(type)")
      }
    }
    return filter.attribute("type") == "or" ? holds.contains(true) : !holds.contains(false)
  }

  private func isMet(_ condition: XMLElement, _ record: Record) throws -> Bool {
    guard let column = condition.attribute("attribute"),
      let name = condition.attribute("operator")
    else { throw WebError.badQuery("a condition has an attribute and an operator") }
    let cell = try cell(column, record).cell
    let values =
      condition.attribute("value").map { [$0] } ?? condition.children("value").map(\.text)
    func isNull() -> Bool { if case .null = cell { true } else { false } }
    func order() throws -> Int? {
      guard let value = values.first else { throw WebError.badQuery("\(name) takes a value") }
      return Self.order(cell, value)
    }
    func text() -> String { Self.spelled(cell) }
    func pattern() -> String { (values.first ?? "").lowercased() }
    switch name {
    case "null": return isNull()
    case "not-null": return !isNull()
    case "eq", "on": return try order() == 0
    case "ne", "neq", "not-on": return try order() != 0
    case "lt": return try order().map { $0 < 0 } ?? false
    case "le", "on-or-before": return try order().map { $0 <= 0 } ?? false
    case "gt": return try order().map { $0 > 0 } ?? false
    case "ge", "on-or-after": return try order().map { $0 >= 0 } ?? false
    case "in": return values.contains { Self.order(cell, $0) == 0 }
    case "not-in": return !isNull() && !values.contains { Self.order(cell, $0) == 0 }
    case "begins-with": return !isNull() && text().hasPrefix(pattern())
    case "not-begin-with": return !text().hasPrefix(pattern())
    case "ends-with": return !isNull() && text().hasSuffix(pattern())
    case "not-end-with": return !text().hasSuffix(pattern())
    case "like": return !isNull() && Self.isLike(Array(text()), Array(pattern()))
    case "not-like": return !Self.isLike(Array(text()), Array(pattern()))
    default: throw WebError(missing: "the operator \(name.shown(40)) over \(type)")
    }
  }

  private static func spelled(_ cell: Cell) -> String {
    switch cell {
    case .text(let text), .moment(let text): text.lowercased()
    case .guid(let id): id.description
    case .integer(let number): String(number)
    case .real(let number): number.description
    case .boolean(let value): value ? "1" : "0"
    case .null, .record, .list: ""
    }
  }

  /// Below 0 where the cell comes first; nil for nothing, and for what is no such value.
  private static func order(_ cell: Cell, _ value: String) -> Int? {
    func compared<Value: Comparable>(_ one: Value, _ other: Value) -> Int {
      one < other ? -1 : one > other ? 1 : 0
    }
    switch cell {
    case .null, .record, .list: return nil
    case .boolean(let own):
      let wanted = ["1", "true"].contains(value.lowercased())
      return compared(own ? 1 : 0, wanted ? 1 : 0)
    case .integer(let own): return Double(value).map { compared(Double(own), $0) }
    case .real(let own): return Double(value).map { compared(own, $0) }
    case .guid(let own): return GUID(value).map { compared(own.description, $0.description) }
    case .moment(let own):
      let length = min(19, value.utf8.count)
      return compared(String(own.prefix(length)), String(value.prefix(length)))
    case .text(let own): return compared(own.lowercased(), value.lowercased())
    }
  }

  /// `%` is any text, `_` any character; linear in both for each star.
  private static func isLike(_ text: [Character], _ pattern: [Character]) -> Bool {
    var (at, place) = (0, 0)
    var star: (place: Int, at: Int)?
    while at < text.count {
      if place < pattern.count, pattern[place] == "%" {
        star = (place, at)
        place += 1
      } else if place < pattern.count, pattern[place] == "_" || pattern[place] == text[at] {
        (at, place) = (at + 1, place + 1)
      } else if let back = star {
        star = (back.place, back.at + 1)
        (at, place) = (back.at + 1, back.place + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "%" }
  }
}
