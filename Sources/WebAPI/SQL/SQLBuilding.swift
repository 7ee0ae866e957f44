internal import OData
internal import Solutions

/// A SELECT as one query over rows: names are looked up, values are bound.
struct SQLBuilding {
  private(set) var query: RowQuery
  /// What each column of the answer is called.
  private(set) var names: [String] = []
  private(set) var offset = 0
  private(set) var rowsMax = Preferences.pageSizeMax
  private let catalog: Catalog
  private var tokens: SQLTokens
  private var models: [(alias: String, path: String?, model: TableModel)] = []
  private var items: [Item] = []
  private var depth = 0

  private static let depthMax = 50
  private static let joinsMax = 15

  /// What stands behind SELECT, before it is known what the names mean.
  private struct Item {
    let function: String?
    let isDistinct: Bool
    /// nil for `COUNT(*)`.
    let name: [String]?
    let alias: String?
  }

  init(_ text: String, of model: TableModel, catalog: Catalog) async throws {
    self.catalog = catalog
    tokens = try SQLTokens(text)
    query = RowQuery(model.name)
    guard tokens.isAt("select") else { throw WebError.badQuery("only SELECT is read") }
    try tokens.advance()
    try readHead()
    try tokens.require("from")
    try await readTables(model)
    if try tokens.take("where") { query.filter = try disjunction() }
    try select()
    if try tokens.take("group") { try readGroups() }
    if tokens.isAt("having") { throw WebError(missing: "HAVING in the sql query") }
    if try tokens.take("order") { try readOrder() }
    try readOffset()
    _ = try tokens.takeSign(";")
    guard tokens.token == .end else { throw tokens.unexpected("the end") }
    if !query.aggregates.isEmpty { query.columns = [] }
    if let double = names.firstDouble {
      throw WebError.badQuery("two columns of the SQL would be called \(double.shown(80)): use AS")
    }
    query.rowsMax = min(offset + rowsMax, 500_000)
  }

  // MARK: Before FROM

  private mutating func readHead() throws {
    if try tokens.take("distinct") { query.isDistinct = true }
    if try tokens.take("top") { rowsMax = min(try tokens.count(), Preferences.pageSizeMax) }
    if try tokens.take("distinct") { query.isDistinct = true }
    repeat { items.append(try item()) } while try tokens.takeSign(",")
  }

  private mutating func item() throws -> Item {
    if try tokens.takeSign("*") {
      return Item(function: nil, isDistinct: false, name: [Self.everything], alias: nil)
    }
    var name = [try tokens.word()]
    var function: String?
    var isDistinct = false
    if try tokens.takeSign("(") {
      function = name[0].lowercased()
      if try tokens.takeSign("*") {
        name = []
      } else {
        isDistinct = try tokens.take("distinct")
        name = try self.name()
      }
      try tokens.requireSign(")")
    } else {
      while try tokens.takeSign(".") { name.append(try tokens.word()) }
    }
    var alias: String?
    if try tokens.take("as") {
      alias = try tokens.word()
    } else if case .word = tokens.token, !tokens.isAt("from") {
      alias = try tokens.word()
    }
    return Item(
      function: function,
      isDistinct: isDistinct,
      name: name.isEmpty ? nil : name,
      alias: alias
    )
  }

  /// No column is called so.
  private static let everything = "*"

  private mutating func name() throws -> [String] {
    var name = [try tokens.word()]
    while try tokens.takeSign(".") { name.append(try tokens.word()) }
    return name
  }

  // MARK: Tables

  private static let ends = [
    "inner", "left", "join", "where", "group", "order", "on", "offset", "having", "right", "full",
    "cross", "union",
  ]

  private mutating func alias(_ table: String) throws -> String {
    if try tokens.take("as") { return try tokens.word().lowercased() }
    if case .word(let word) = tokens.token, !Self.ends.contains(word.lowercased()) {
      try tokens.advance()
      return word.lowercased()
    }
    return table
  }

  private mutating func readTables(_ model: TableModel) async throws {
    let first = try tokens.word().lowercased()
    guard first == model.name else {
      throw WebError.badQuery("the first table of the SQL is not that of the set")
    }
    models.append((try alias(first), nil, model))
    while true {
      var isOuter = false
      if try tokens.take("left") {
        _ = try tokens.take("outer")
        isOuter = true
      } else if ["right", "full", "cross", "union"].contains(where: { tokens.isAt($0) }) {
        throw WebError(missing: "joins but INNER and LEFT in the sql query")
      } else {
        _ = try tokens.take("inner")
      }
      guard try tokens.take("join") else { return }
      try await join(isOuter: isOuter)
    }
  }

  private mutating func join(isOuter: Bool) async throws {
    guard query.joins.count < Self.joinsMax else {
      throw WebError.badQuery("more than \(Self.joinsMax) tables are joined")
    }
    let table = try tokens.word().lowercased()
    let alias = try alias(table)
    guard !models.contains(where: { $0.alias == alias }) else {
      throw WebError.badQuery("two tables are called \(alias.shown(80))")
    }
    let path = "q\(models.count)"
    let model = try await catalog.model(of: table)
    models.append((alias, path, model))
    try tokens.require("on")
    let isBracketed = try tokens.takeSign("(")
    let left = try self.path(try name()).path
    try tokens.requireSign("=")
    let right = try self.path(try name()).path
    if isBracketed { try tokens.requireSign(")") }
    guard (left.alias == path) != (right.alias == path) else {
      throw WebError(missing: "joins by something else than one column in the sql query")
    }
    let (own, other) = left.alias == path ? (left, right) : (right, left)
    query.joins.append(
      RowQuery.Join(path, table: model.name, column: own.column, to: other, isOuter: isOuter)
    )
  }

  private func path(_ name: [String]) throws -> (path: RowQuery.ColumnPath, column: Column) {
    let column = name[name.count - 1].lowercased()
    if name.count == 2 {
      guard let found = models.first(where: { $0.alias == name[0].lowercased() }) else {
        throw WebError.badQuery("no table of the SQL is called \(name[0].shown(80))")
      }
      guard let own = found.model.column(onWire: column) else {
        throw WebError.noProperty(column, on: found.model.name)
      }
      return (RowQuery.ColumnPath(own.name, of: found.path), own)
    }
    for found in models {
      if let own = found.model.column(onWire: column) {
        return (RowQuery.ColumnPath(own.name, of: found.path), own)
      }
    }
    throw WebError.noProperty(column, on: models.first?.model.name ?? "")
  }

  private mutating func select() throws {
    for item in items {
      guard let function = item.function else {
        let name = item.name ?? []
        if name == [Self.everything] {
          selectAll()
          continue
        }
        let (path, column) = try path(name)
        query.columns.append(path)
        names.append(item.alias ?? column.name)
        continue
      }
      guard let known = Self.functions[function] else {
        throw WebError(missing: "the function \(function.shown(40)) in the sql query")
      }
      let counted =
        item.isDistinct && known == .count ? RowQuery.Aggregate.Function.countDistinct : known
      query.aggregates.append(
        RowQuery.Aggregate(counted, try item.name.map { try path($0).path })
      )
    }
    guard !query.aggregates.isEmpty else { return }
    // Groups come before what is made of them.
    query.groups = query.columns
    names += items.filter { $0.function != nil }.map { item in
      item.alias ?? "\(item.function ?? "")\(item.name.map { "_\($0[$0.count - 1])" } ?? "")"
    }
  }

  /// All columns of all tables; of those that are called alike the first.
  private mutating func selectAll() {
    for known in models {
      for column in known.model.table.columns where !names.contains(column.name) {
        query.columns.append(RowQuery.ColumnPath(column.name, of: known.path))
        names.append(column.name)
      }
    }
  }

  private static let functions: [String: RowQuery.Aggregate.Function] = [
    "count": .count, "sum": .sum, "avg": .average, "min": .min, "max": .max,
  ]

  // MARK: Behind WHERE

  private mutating func readGroups() throws {
    try tokens.require("by")
    var groups: [RowQuery.ColumnPath] = []
    repeat { groups.append(try path(try name()).path) } while try tokens.takeSign(",")
    guard Set(query.columns).isSubset(of: groups) else {
      throw WebError.badQuery("a column of the SQL is neither grouped nor added up")
    }
    guard Set(groups) == Set(query.columns) else {
      throw WebError(missing: "groups that are not shown in the sql query")
    }
    if query.aggregates.isEmpty { query.isDistinct = true }
  }

  private mutating func readOrder() throws {
    try tokens.require("by")
    repeat {
      let name = try name()
      if name.count == 1,
        let place = items.firstIndex(where: { $0.alias?.lowercased() == name[0].lowercased() })
      {
        guard items[place].function == nil, let own = items[place].name else {
          let before = items[..<place].count { $0.function != nil }
          query.order.append(
            RowQuery.Order(
              aggregate: before,
              of: query.aggregates,
              isDescending: try isDescending()
            )
          )
          continue
        }
        query.order.append(RowQuery.Order(try path(own).path, isDescending: try isDescending()))
      } else {
        query.order.append(RowQuery.Order(try path(name).path, isDescending: try isDescending()))
      }
    } while try tokens.takeSign(",")
  }

  private mutating func isDescending() throws -> Bool {
    if try tokens.take("desc") { return true }
    _ = try tokens.take("asc")
    return false
  }

  private mutating func readOffset() throws {
    guard try tokens.take("offset") else { return }
    offset = min(try tokens.count(), 500_000)
    guard try tokens.take("rows") || tokens.take("row") else { throw tokens.unexpected("ROWS") }
    guard try tokens.take("fetch") else { return }
    guard try tokens.take("next") || tokens.take("first") else { throw tokens.unexpected("NEXT") }
    rowsMax = min(try tokens.count(), Preferences.pageSizeMax)
    guard try tokens.take("rows") || tokens.take("row") else { throw tokens.unexpected("ROWS") }
    try tokens.require("only")
  }

  // MARK: Conditions

  private mutating func disjunction() throws -> RowQuery.Filter {
    depth += 1
    guard depth <= Self.depthMax else {
      throw WebError.badQuery("more than \(Self.depthMax) brackets lie within each other")
    }
    defer { depth -= 1 }
    var terms = [try conjunction()]
    while try tokens.take("or") { terms.append(try conjunction()) }
    return terms.count == 1 ? terms[0] : .any(terms)
  }

  private mutating func conjunction() throws -> RowQuery.Filter {
    var terms = [try negation()]
    while try tokens.take("and") { terms.append(try negation()) }
    return terms.count == 1 ? terms[0] : .all(terms)
  }

  private mutating func negation() throws -> RowQuery.Filter {
    if try tokens.take("not") { return .not(try negation()) }
    if try tokens.takeSign("(") {
      let inner = try disjunction()
      try tokens.requireSign(")")
      return inner
    }
    return try condition()
  }

  private mutating func condition() throws -> RowQuery.Filter {
    let (path, column) = try path(try name())
    if try tokens.take("is") {
      let isNot = try tokens.take("not")
      try tokens.require("null")
      return isNot ? .not(.isNull(path)) : .isNull(path)
    }
    let isNot = try tokens.take("not")
    func turned(_ filter: RowQuery.Filter) -> RowQuery.Filter { isNot ? .not(filter) : filter }
    if try tokens.take("like") {
      guard case .text(let pattern) = tokens.token else { throw tokens.unexpected("a text") }
      try tokens.advance()
      return turned(.like(path, pattern.replacing("\\", with: "\\\\")))
    }
    if try tokens.take("in") {
      try tokens.requireSign("(")
      if tokens.isAt("select") { throw WebError(missing: "subqueries in the sql query") }
      var values: [RowQuery.Filter] = []
      repeat {
        values.append(.compare(path, .equal, try value(of: column)))
      } while try tokens.takeSign(",")
      try tokens.requireSign(")")
      return turned(.any(values))
    }
    if try tokens.take("between") {
      let low = try value(of: column)
      try tokens.require("and")
      let high = try value(of: column)
      return turned(
        .all([.compare(path, .greaterOrEqual, low), .compare(path, .lessOrEqual, high)])
      )
    }
    guard case .sign(let sign) = tokens.token, let comparison = Self.comparisons[sign], !isNot
    else {
      throw tokens.unexpected("a comparison")
    }
    try tokens.advance()
    if case .word = tokens.token, !tokens.isAt("null"), !tokens.isAt("true"), !tokens.isAt("false")
    {
      return .compareColumns(path, comparison, try self.path(try name()).path)
    }
    return .compare(path, comparison, try value(of: column))
  }

  private static let comparisons: [String: RowQuery.Comparison] = [
    "=": .equal, "<>": .notEqual, "!=": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater,
    ">=": .greaterOrEqual,
  ]

  private mutating func value(of column: Column) throws -> RowValue {
    let isNegative = try tokens.takeSign("-")
    let text: String
    switch tokens.token {
    case .text(let value) where !isNegative: text = value
    case .number(let value): text = isNegative ? "-\(value)" : value
    case .word(let word) where ["true", "false"].contains(word.lowercased()):
      text = word.lowercased()
    default: throw tokens.unexpected("a value")
    }
    try tokens.advance()
    return try column.compared(to: text)
  }
}
