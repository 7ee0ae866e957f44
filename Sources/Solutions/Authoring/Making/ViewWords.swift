extension Said {
  typealias ViewColumn = (name: String, width: Int?, line: Int)

  /// Names, or names with widths.
  func columns() throws(Unsound) -> [ViewColumn] {
    switch content {
    case .pairs(let pairs):
      return try pairs.map { pair throws(Unsound) in
        let width: Int? =
          if case .text("") = pair.value.content { nil } else {
            try pair.value.whole(20...5_000)
          }
        return (pair.key.lowercased(), width, pair.line)
      }
    default:
      var found: [ViewColumn] = []
      for item in try items() {
        if case .pairs = item.content {
          found += try item.columns()
        } else {
          found.append((try item.name().lowercased(), nil, item.line))
        }
      }
      return found
    }
  }

  /// `NAME`, or `NAME desc`.
  func order() throws(Unsound) -> (name: String, line: Int, element: Element) {
    let words = try name().split(separator: " ").map { $0.lowercased() }
    guard let column = words.first, words.count == 1 || ["asc", "desc"].contains(words[1]),
      words.count <= 2
    else { throw unsound("“\(try text())” is no order, as new_total desc is") }
    let isDown = words.count == 2 && words[1] == "desc"
    let element = Element(
      "order",
      [("attribute", column), ("descending", isDown ? "true" : "false")]
    )
    return (column, line, element)
  }

  /// Conditions of which all hold, or one.
  func filter(
    _ type: String,
    naming names: inout [(String, Int)]
  ) throws(Unsound) -> Element {
    var children: [Element] = []
    for item in try items() {
      guard case .pairs(let pairs) = item.content else {
        let condition = try item.condition()
        names.append((condition.column, item.line))
        children.append(condition.element)
        continue
      }
      for pair in pairs {
        switch pair.key {
        case "any": children.append(try pair.value.filter("or", naming: &names))
        case "all": children.append(try pair.value.filter("and", naming: &names))
        default: throw .unknown(pair, among: ["any", "all"], of: "a filter")
        }
      }
    }
    return Element("filter", [("type", type)], children: children)
  }

  private func condition() throws(Unsound) -> (column: String, element: Element) {
    let text = try name()
    guard let space = text.firstIndex(of: " ") else {
      throw unsound("“\(text)” is no condition, as new_total > 10 is")
    }
    let column = text[..<space].lowercased()
    let rest = text[space...].trimmed
    for (word, sign) in ViewCondition.signs where rest.starts(word) {
      let value = rest.dropFirst(word.count).trimmed
      guard value.isEmpty != sign.takesValue else {
        throw unsound(
          value.isEmpty ? "“\(text)” compares with nothing" : "“\(word)” takes no value: “\(text)”"
        )
      }
      return (column, sign.condition(column, String(value)))
    }
    let words = ViewCondition.signs.map(\.word).joined(separator: ", ")
    throw unsound("“\(text)” compares in no way that is known; there are \(words)")
  }
}

/// A way in which a condition compares, as FetchXML spells it.
private struct ViewCondition {
  enum Value {
    case none, one, many
    case pattern(String, String)
  }

  let name: String
  let value: Value

  var takesValue: Bool { if case .none = value { false } else { true } }

  func condition(_ column: String, _ value: String) -> Element {
    let head = [("attribute", column), ("operator", name)]
    switch self.value {
    case .none: return Element("condition", head)
    case .one: return Element("condition", head + [("value", value)])
    case .pattern(let before, let after):
      return Element("condition", head + [("value", before + value + after)])
    case .many:
      let values = value.split(separator: ",").map { Element("value", text: String($0.trimmed)) }
      return Element("condition", head, children: values)
    }
  }

  /// The longer ones first, where one begins with another.
  static let signs: [(word: String, sign: ViewCondition)] = [
    ("!=", .init(name: "ne", value: .one)), (">=", .init(name: "ge", value: .one)),
    ("<=", .init(name: "le", value: .one)), ("=", .init(name: "eq", value: .one)),
    (">", .init(name: "gt", value: .one)), ("<", .init(name: "lt", value: .one)),
    ("is not empty", .init(name: "not-null", value: .none)),
    ("is empty", .init(name: "null", value: .none)),
    ("is not me", .init(name: "ne-userid", value: .none)),
    ("is me", .init(name: "eq-userid", value: .none)),
    ("is my team", .init(name: "eq-userteams", value: .none)),
    ("contains", .init(name: "like", value: .pattern("%", "%"))),
    ("does not contain", .init(name: "not-like", value: .pattern("%", "%"))),
    ("begins with", .init(name: "like", value: .pattern("", "%"))),
    ("ends with", .init(name: "like", value: .pattern("%", ""))),
    ("not in", .init(name: "not-in", value: .many)), ("in", .init(name: "in", value: .many)),
    ("on or after", .init(name: "on-or-after", value: .one)),
    ("on or before", .init(name: "on-or-before", value: .one)),
    ("on", .init(name: "on", value: .one)), ("today", .init(name: "today", value: .none)),
    ("this week", .init(name: "this-week", value: .none)),
    ("this month", .init(name: "this-month", value: .none)),
    ("this year", .init(name: "this-year", value: .none)),
    ("last days", .init(name: "last-x-days", value: .one)),
    ("next days", .init(name: "next-x-days", value: .one)),
  ]
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop { $0 == " " }
    return start.prefix(start.count - start.reversed().prefix { $0 == " " }.count)
  }

  /// Whether it begins with a word, and what follows is another one.
  fileprivate func starts(_ word: String) -> Bool {
    guard hasPrefix(word) else { return false }
    let isSign = !(word.last?.isLetter ?? false)
    return isSign || count == word.count || dropFirst(word.count).hasPrefix(" ")
  }
}

// MARK: What is told

extension Telling {
  /// Words for a view: what it shows, and its query in words or from a file.
  func words(ofView view: DescribedSubject) -> [[Said.Pair]] {
    let cells = view.document.root.at(["layoutxml", "grid", "row"])?.children ?? []
    let primary = view.parent.map { making.primaryName(of: $0) }
    let columns = cells.compactMap { cell -> Said? in
      guard let name = cell.attribute("name") else { return nil }
      let width = cell.attribute("width")
      guard let width, !view.isNew || width != Said.width(of: name, primary: primary) else {
        return Said(.text(name))
      }
      return Said(.pairs([Said.Pair(name, text: width)]))
    }
    let shown = columns.isEmpty ? [] : [Said.Pair("columns", Said(.list(columns)))]
    let file = shown + self.file(of: view)
    guard let entity = view.document.root.at(["fetchxml", "fetch", "entity"]),
      let query = Said.words(ofQuery: entity)
    else { return [file] }
    return [shown + query, file]
  }
}

extension Said {
  /// What a column of a view has where nobody says how wide it is.
  static func width(of column: String, primary: String?) -> String {
    column == primary ? "300" : "125"
  }

  /// Order and filter; nil where words do not say them.
  fileprivate static func words(ofQuery entity: Element) -> [Pair]? {
    var words: [Pair] = []
    let order = entity.children.filter { $0.name == "order" }.map { order -> Said? in
      guard let column = order.attribute("attribute"), order.attributes.count == 2 else {
        return nil
      }
      let isDown = order.attribute("descending") == "true"
      return Said(.text(isDown ? "\(column) desc" : column))
    }
    if !order.isEmpty {
      guard !order.contains(nil) else { return nil }
      words.append(Pair("order", Said(items: order.compactMap(\.self))))
    }
    let filters = entity.children.filter { $0.name == "filter" }
    guard let filter = filters.first else { return words }
    guard filters.count == 1, filter.attribute("type") == "and", let said = Said(filter: filter)
    else { return nil }
    return words + [Pair("filter", said)]
  }

  /// nil where a condition compares in a way that has no word.
  private init?(filter: Element) {
    var items: [Said] = []
    for child in filter.children {
      switch child.name {
      case "condition":
        guard let condition = Said(condition: child) else { return nil }
        items.append(condition)
      case "filter":
        guard let word = ["or": "any", "and": "all"][child.attribute("type") ?? "and"],
          let inner = Said(filter: child)
        else { return nil }
        items.append(Said(.pairs([Pair(word, inner)])))
      default: return nil
      }
    }
    guard !items.isEmpty else { return nil }
    self.init(items: items)
  }

  private init?(condition: Element) {
    guard let column = condition.attribute("attribute") else { return nil }
    for (word, sign) in ViewCondition.signs where sign.name == condition.attribute("operator") {
      guard let value = sign.value(of: condition) else { continue }
      let said = Said(.text(value.isEmpty ? "\(column) \(word)" : "\(column) \(word) \(value)"))
      do {
        guard try said.condition().element == condition else { continue }
      } catch {
        continue
      }
      self = said
      return
    }
    return nil
  }
}

extension ViewCondition {
  /// What a condition compares with, as files say it; nil where it is another way of comparing.
  fileprivate func value(of condition: Element) -> String? {
    let value = condition.attribute("value")
    switch self.value {
    case .none: return value == nil ? "" : nil
    case .one: return value
    case .many: return condition.children.map(\.text).joined(separator: ", ")
    case .pattern(let before, let after):
      guard let value, value.hasPrefix(before), value.dropFirst(before.count).hasSuffix(after)
      else { return nil }
      return String(value.dropFirst(before.count).dropLast(after.count))
    }
  }
}
