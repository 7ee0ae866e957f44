/// What a request says behind the question mark, or within an expansion.
package struct QueryOptions: Equatable, Sendable {
  /// Paths, or `*`; nil where everything is asked for.
  package var select: [PropertyPath]?
  package var filter: Expression?
  package var orderBy: [Order] = []
  package var expand: [Expansion] = []
  package var top: Int?
  package var skip: Int?
  package var isCounting = false
  package var apply: [Transformation] = []
  package var search: String?
  package var skipToken: String?
  package var format: String?
  /// Which row is not to be referred to any more (`$id`).
  package var reference: String?
  /// `@p1`, without the sign, as it is written.
  package var aliases: [String: String] = [:]
  /// What is no option of OData, in the order of the request: `fetchXml`, `sql`, `api-version`.
  package var others: [(name: String, value: String)] = []

  package struct Order: Equatable, Sendable {
    package let by: Expression
    package let isDescending: Bool

    package init(_ by: Expression, isDescending: Bool = false) {
      (self.by, self.isDescending) = (by, isDescending)
    }
  }

  package struct Expansion: Equatable, Sendable {
    package let path: PropertyPath
    /// `nav/$ref`, `nav/$count`.
    package let kind: Kind
    package let options: QueryOptions

    package enum Kind: Equatable, Sendable {
      case rows
      case references
      case count
    }
  }

  package init() {}

  /// The value of what is no option of OData, whatever the case of its name.
  package func other(_ name: String) -> String? {
    others.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  package static func == (one: Self, other: Self) -> Bool {
    one.select == other.select && one.filter == other.filter && one.orderBy == other.orderBy
      && one.expand == other.expand && one.top == other.top && one.skip == other.skip
      && one.isCounting == other.isCounting && one.apply == other.apply
      && one.search == other.search && one.skipToken == other.skipToken
      && one.format == other.format && one.reference == other.reference
      && one.aliases == other.aliases
      && one.others.elementsEqual(other.others) { $0 == $1 }
  }
}

/// A step of `$apply`.
package enum Transformation: Equatable, Sendable {
  case filter(Expression)
  /// Rows that are alike in some paths, none for all rows, and what is made of each group.
  case group(by: [PropertyPath], [Aggregate])

  package struct Aggregate: Equatable, Sendable {
    /// nil counts rows.
    package let path: PropertyPath?
    /// `sum`, `min`, `max`, `average`, `countdistinct`, `count`.
    package let method: String
    package let alias: String

    package init(path: PropertyPath?, method: String, alias: String) {
      (self.path, self.method, self.alias) = (path, method, alias)
    }
  }
}

extension QueryOptions {
  /// - Parameter query: what stands behind the question mark, as it was sent.
  /// - Throws: `ODataError` for what cannot be read, and for an option that stands twice.
  package init(query: String) throws(ODataError) {
    let pairs = QueryString.pairs(query)
    guard pairs.count <= ODataLimits.options else {
      throw ODataError(
        .tooLarge,
        "more than \(ODataLimits.options) options",
        in: "the query",
        at: 0
      )
    }
    var seen: Set<String> = []
    for (name, value) in pairs {
      if name.hasPrefix("$"), !seen.insert(name.lowercased()).inserted {
        throw ODataError(.malformed, "\(name) stands twice", in: "the query", at: 0)
      }
      if name.hasPrefix("@") {
        aliases[String(name.dropFirst())] = value
      } else if name.hasPrefix("$") {
        try set(name.lowercased(), value)
      } else {
        others.append((name, value))
      }
    }
  }

  private mutating func set(_ name: String, _ value: String) throws(ODataError) {
    switch name {
    case "$select", "$filter", "$orderby", "$expand", "$apply":
      // Nothing is what an empty one asks for.
      guard value.utf8.contains(where: { $0 != 0x20 }) else { return }
      var parser = try Parser(value, part: name)
      switch name {
      case "$select": select = try parser.paths()
      case "$filter": filter = try parser.expression()
      case "$orderby": orderBy = try parser.orders()
      case "$expand": expand = try parser.expansions()
      default: apply = try parser.transformations()
      }
      try parser.requireEnd()
    case "$top": top = try Self.count(value, name)
    case "$skip": skip = try Self.count(value, name)
    case "$count": isCounting = try Self.boolean(value, name)
    case "$search": search = value
    case "$skiptoken": skipToken = value
    case "$format": format = value
    case "$id": reference = value
    default:
      throw ODataError(.unsupported, "\(name) is no option that is read", in: name, at: 0)
    }
  }

  fileprivate static func count(_ text: String, _ name: String) throws(ODataError) -> Int {
    guard let number = Int(text.trimmed), (0...1 << 31).contains(number) else {
      throw ODataError(.malformed, "a number from 0 is expected", in: name, at: 0)
    }
    return number
  }

  fileprivate static func boolean(_ text: String, _ name: String) throws(ODataError) -> Bool {
    switch text.trimmed.lowercased() {
    case "true": return true
    case "false": return false
    default: throw ODataError(.malformed, "true or false is expected", in: name, at: 0)
    }
  }
}

extension String {
  /// Without blanks around it.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}

// MARK: Lists

extension Parser {
  /// Whether another entry follows: clients leave a comma behind the last one, too.
  private mutating func takeNext() throws(ODataError) -> Bool {
    guard try take(.comma) else { return false }
    return token != .end && token != .close && token != .semicolon
  }

  mutating func paths() throws(ODataError) -> [PropertyPath] {
    var paths: [PropertyPath] = []
    repeat { paths.append(try selected()) } while try takeNext()
    return paths
  }

  private mutating func selected() throws(ODataError) -> PropertyPath {
    let start = place
    if try take(.star) { return PropertyPath(["*"], at: start) }
    return try path()
  }

  mutating func path() throws(ODataError) -> PropertyPath {
    let start = place
    var steps: [String] = []
    repeat {
      if case .system(let name) = token, !steps.isEmpty {
        try advance()
        steps.append(name)
      } else {
        steps.append(try name())
      }
    } while try take(.slash)
    return PropertyPath(steps, at: start)
  }

  mutating func orders() throws(ODataError) -> [QueryOptions.Order] {
    var orders: [QueryOptions.Order] = []
    repeat {
      let by = try expression()
      let isDescending = token == .name("desc")
      if isDescending || token == .name("asc") { try advance() }
      orders.append(QueryOptions.Order(by, isDescending: isDescending))
    } while try takeNext()
    return orders
  }

  mutating func expansions() throws(ODataError) -> [QueryOptions.Expansion] {
    var expansions: [QueryOptions.Expansion] = []
    repeat {
      expansions.append(
        try deeper { parser throws(ODataError) in try parser.expansion() }
      )
    } while try takeNext()
    return expansions
  }

  private mutating func expansion() throws(ODataError) -> QueryOptions.Expansion {
    let path = try self.path()
    let kind: QueryOptions.Expansion.Kind =
      switch path.steps.last {
      case "$ref": .references
      case "$count": .count
      default: .rows
      }
    let steps = kind == .rows ? path.steps : Array(path.steps.dropLast())
    var options = QueryOptions()
    if try take(.open), try !take(.close) {
      repeat { try option(of: &options) } while try take(.semicolon)
      try require(.close)
    }
    return QueryOptions.Expansion(
      path: PropertyPath(steps, at: path.place),
      kind: kind,
      options: options
    )
  }

  /// One option within an expansion.
  private mutating func option(of options: inout QueryOptions) throws(ODataError) {
    let start = place
    guard case .system(let name) = token else { throw unexpected("an option such as “$select”") }
    try advance()
    try require(.equals)
    switch name.lowercased() {
    case "$select": options.select = try paths()
    case "$filter": options.filter = try expression()
    case "$orderby": options.orderBy = try orders()
    case "$expand": options.expand = try expansions()
    case "$top": options.top = try number()
    case "$skip": options.skip = try number()
    case "$count":
      guard case .literal(.boolean(let value)) = token else { throw unexpected("true or false") }
      try advance()
      options.isCounting = value
    default:
      throw ODataError(
        .unsupported,
        "\(name) is no option of an expansion that is read",
        in: part,
        at: start
      )
    }
  }

  private mutating func number() throws(ODataError) -> Int {
    guard case .literal(.number(let text)) = token, let number = Int(text), number >= 0 else {
      throw unexpected("a number from 0")
    }
    try advance()
    return number
  }
}
