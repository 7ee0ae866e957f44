internal import OData
internal import Solutions

/// A request about rows that lie in no table.
struct RecordQuery {
  let options: QueryOptions
  /// Of the type, for messages.
  let type: String
  /// What is said beside the values of rows of the platform's tables; nil where nobody asked.
  var annotations: Preferences?
  /// Whether conditions mean the `Value` of what has one, such as a managed property.
  var comparesValues = false

  // MARK: Conditions

  /// Nothing for what is neither true nor false.
  func holds(_ expression: Expression, _ record: Record) throws -> Bool? {
    switch expression {
    case .all(let terms):
      let found = try terms.map { try holds($0, record) }
      return found.contains(false) ? false : found.contains(nil) ? nil : true
    case .any(let terms):
      let found = try terms.map { try holds($0, record) }
      return found.contains(true) ? true : found.contains(nil) ? nil : false
    case .not(let term): return try holds(term, record).map { !$0 }
    case .literal(.boolean(let value)): return value
    case .compare(let left, let sign, let right):
      if case .call = left, case .literal(.boolean(let value)) = right {
        return try holds(left, record).map { ($0 == value) == (sign == .equal) }
      }
      if case .literal(let literal) = left {
        return try compare(try cell(right, record), Self.turned(sign), literal)
      }
      return try compare(try cell(left, record), sign, try literal(right))
    case .among(let term, let values):
      let cell = try cell(term, record)
      return try values.contains { try compare(cell, .equal, try literal($0)) == true }
    case .call(let call): return try self.call(call, record)
    case .path, .alias:
      guard case .boolean(let value) = try cell(expression, record) else { return nil }
      return value
    case .lambda: throw WebError(missing: "any and all on \(type)")
    default: throw WebError(missing: "calculating in $filter")
    }
  }

  private static func turned(_ sign: Expression.Comparison) -> Expression.Comparison {
    switch sign {
    case .equal, .notEqual, .has: sign
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  private func literal(_ expression: Expression) throws -> Literal {
    switch expression {
    case .literal(let literal): return literal
    case .alias(let name):
      guard let text = options.aliases[name] else {
        throw WebError.badQuery("@\(name.shown(80)) stands for nothing")
      }
      return try literal(try Expression(text, part: "@\(name)"))
    default: throw WebError(missing: "comparing properties of \(type) with each other")
    }
  }

  private func cell(_ expression: Expression, _ record: Record) throws -> Cell {
    switch expression {
    case .path(let path): return try cell(path, record)
    case .alias(let name):
      guard let text = options.aliases[name], case .path(let path) = try Expression(text) else {
        throw WebError.badQuery("@\(name.shown(80)) stands for no property")
      }
      return try cell(path, record)
    default: throw WebError(missing: "calculating in $filter")
    }
  }

  func cell(_ path: PropertyPath, _ record: Record) throws -> Cell {
    var record = record
    for (place, step) in path.steps.enumerated() {
      guard let found = value(of: step, in: record) else {
        throw WebError.noProperty(step, on: type)
      }
      if place == path.steps.count - 1 {
        guard comparesValues, case .record(let inner) = found else { return found }
        return inner["Value"] ?? found
      }
      guard case .record(let inner) = found else { return .null }
      record = inner
    }
    return .null
  }

  /// Null for what the platform's table has and nobody says here; nil for what it has not.
  func value(of property: String, in record: Record) -> Cell? {
    record[property] ?? (ToldTables.isProperty(property, of: type) ? .null : nil)
  }

  /// Names that no row has are wrong, also where there is no row.
  func checkNames() throws {
    guard ToldTables.model(type) != nil else { return }
    let none = Record([])
    if let filter = options.filter { _ = try holds(filter, none) }
    for order in options.orderBy { if case .path(let path) = order.by { _ = try cell(path, none) } }
    for path in options.select ?? [] where path.text != "*" { _ = try cell(path, none) }
    for expansion in options.expand
    where ToldTables.target(of: expansion.path.text, from: type) == nil {
      throw WebError.noProperty(expansion.path.text, on: type)
    }
  }

  private func compare(
    _ cell: Cell,
    _ sign: Expression.Comparison,
    _ literal: Literal
  ) throws -> Bool? {
    if literal == .null {
      let isNull = if case .null = cell { true } else { false }
      return sign == .equal ? isNull : sign == .notEqual ? !isNull : nil
    }
    guard let order = try order(cell, literal) else { return nil }
    switch sign {
    case .equal: return order == 0
    case .notEqual: return order != 0
    case .less: return order < 0
    case .lessOrEqual: return order <= 0
    case .greater: return order > 0
    case .greaterOrEqual: return order >= 0
    case .has: throw WebError(missing: "the operator has")
    }
  }

  /// Below 0 where the cell comes first; nil for null.
  private func order(_ cell: Cell, _ literal: Literal) throws -> Int? {
    func compared<Value: Comparable>(_ one: Value, _ other: Value) -> Int {
      one < other ? -1 : one > other ? 1 : 0
    }
    let plain = literal.plain ?? ""
    switch (cell, literal) {
    case (.null, _): return nil
    case (.boolean(let value), .boolean(let other)): return compared(value ? 1 : 0, other ? 1 : 0)
    case (.integer(let value), .number):
      guard let other = Double(plain) else { return nil }
      return compared(Double(value), other)
    case (.real(let value), .number):
      guard let other = Double(plain) else { return nil }
      return compared(value, other)
    case (.text(let value), .text), (.text(let value), .enumeration), (.text(let value), .guid):
      return compared(value.lowercased(), plain.lowercased())
    case (.guid(let value), .guid), (.guid(let value), .text):
      guard let other = GUID(plain) else { return 1 }
      return compared(value.description, other.description)
    case (.moment(let value), .dateTime), (.moment(let value), .date), (.moment(let value), .text):
      let other = plain.utf8.count > 10 ? plain : "\(plain)T00:00:00"
      return compared(String(value.prefix(19)), String(other.prefix(19)))
    default: throw WebError.badQuery("“\(plain.shown(80))” is of another type than the property")
    }
  }

  private func call(_ call: Expression.Call, _ record: Record) throws -> Bool? {
    if ["contains", "startswith", "endswith"].contains(call.name), call.arguments.count == 2 {
      guard case .text(let text) = try cell(call.arguments[0].value, record) else { return nil }
      let (own, part) = (
        text.lowercased(), try literal(call.arguments[1].value).plain?.lowercased() ?? ""
      )
      switch call.name {
      case "contains": return part.isEmpty || own.contains(part)
      case "startswith": return own.hasPrefix(part)
      default: return own.hasSuffix(part)
      }
    }
    guard ["In", "NotIn"].contains(call.bareName),
      case .literal(.text(let name))? = call["PropertyName"],
      case .list(let values)? = call["PropertyValues"]
    else { throw WebError(missing: "the function \(call.name.shown(80)) on \(type)") }
    let cell = try cell(PropertyPath([name]), record)
    // Their values are texts, whatever the property is.
    let isIn = try values.contains { value in
      let literal = try literal(value)
      guard case .text(let text) = literal else {
        return try compare(cell, .equal, literal) == true
      }
      switch cell {
      case .boolean(let own):
        return text.lowercased() == (own ? "true" : "false") || text == (own ? "1" : "0")
      case .integer(let own): return Int(text) == own
      case .real(let own): return Double(text) == own
      default: return try compare(cell, .equal, literal) == true
      }
    }
    return isIn == (call.bareName == "In")
  }

  // MARK: Rows

  /// Those that are asked for, in their order.
  func found(among records: [Record]) throws -> [Record] {
    var found = records
    if let filter = options.filter { found = try found.filter { try holds(filter, $0) == true } }
    for order in options.orderBy.reversed() {
      guard case .path(let path) = order.by else {
        throw WebError(missing: "$orderby by something else than a property")
      }
      let keyed = try found.map { (try Self.key(cell(path, $0)), $0) }
      let sorted = keyed.enumerated().sorted { one, other in
        let (left, right) = (one.element.0, other.element.0)
        guard left == right else { return order.isDescending ? left > right : left < right }
        return one.offset < other.offset
      }
      found = sorted.map(\.element.1)
    }
    return found
  }

  /// Nothing comes first; numbers by their value.
  static func key(_ cell: Cell) -> SortKey {
    switch cell {
    case .null, .record, .list: SortKey(kind: 0, number: 0, text: "")
    case .boolean(let value): SortKey(kind: 1, number: value ? 1 : 0, text: "")
    case .integer(let number): SortKey(kind: 1, number: Double(number), text: "")
    case .real(let number): SortKey(kind: 1, number: number, text: "")
    case .text(let text), .moment(let text): SortKey(kind: 2, number: 0, text: text.lowercased())
    case .guid(let id): SortKey(kind: 2, number: 0, text: id.description)
    }
  }

  struct SortKey: Comparable {
    let kind: Int
    let number: Double
    let text: String

    static func < (one: SortKey, other: SortKey) -> Bool {
      (one.kind, one.number, one.text) < (other.kind, other.number, other.text)
    }
  }

  // MARK: Writing

  func write(_ record: Record, into json: inout JSONWriter) throws {
    let model = ToldTables.model(type)
    if model != nil { json.member("@odata.etag", record.etag) }
    for (name, cell) in record.always {
      json.name(name)
      cell.write(into: &json)
    }
    let wanted = options.select.map { $0.map { $0.text.lowercased() } }
    if let select = options.select, !select.contains(where: { $0.text == "*" }) {
      for path in select where value(of: path.steps[0], in: record) == nil {
        throw WebError.noProperty(path.text, on: type)
      }
    }
    let isAll = wanted?.contains("*") ?? true
    let names = Set((wanted ?? []).map { String($0.prefix { $0 != "/" }) })
    for (name, cell) in record.cells where isAll || names.contains(name.lowercased()) {
      json.name(name)
      cell.write(into: &json)
      if let annotations, let model, let column = model.column(onWire: name) {
        let column = ToldTables.labelled(column, of: type)
        record.annotate(column, of: model, as: name, annotations, into: &json)
      }
    }
    // What nobody says here is nothing.
    let said = Set((record.always + record.cells).map(\.name))
    for column in model?.table.columns ?? []
    where (isAll || names.contains(column.wire)) && !said.contains(column.wire) {
      json.name(column.wire)
      json.raw("null")
    }
    for expansion in options.expand {
      let name = expansion.path.text
      guard let cell = record.related.first(where: { $0.name.lowercased() == name.lowercased() })
      else {
        if record[name] != nil { continue }
        if let link = model?.link(navigation: name) {
          json.name(link.navigation)
          json.raw("null")
          continue
        }
        throw WebError.noProperty(name, on: type)
      }
      var inner = expansion.options
      inner.aliases = options.aliases
      json.name(cell.name)
      let target = ToldTables.target(of: name, from: type) ?? name
      try RecordQuery(options: inner, type: target, annotations: annotations)
        .write(cell.cell, into: &json)
    }
  }

  private func write(_ cell: Cell, into json: inout JSONWriter) throws {
    switch cell {
    case .record(let record): try json.object { try write(record, into: &$0) }
    case .list(let cells):
      let records = cells.compactMap { if case .record(let record) = $0 { record } else { nil } }
      let found = try self.found(among: records)
      try json.list { json in
        for record in found.prefix(options.top ?? .max) {
          try json.object { try write(record, into: &$0) }
        }
      }
    default: cell.write(into: &json)
    }
  }
}
