internal import SQL
internal import Solutions

/// A query as one statement; every name is checked against the tables.
struct QuerySQL {
  /// Columns of the answer, in order.
  private(set) var columns: [(path: RowQuery.ColumnPath, column: Column)] = []
  private(set) var text: SQLText = ""
  /// How many columns of the answer are those of the cookie; they come last.
  private(set) var cookieWidth = 0

  private let query: RowQuery
  private let dialect: any SQLDialect
  /// Users and teams, where their business units are asked for.
  private let owners: [StoredTable]
  /// By alias; nil is the table itself.
  private var tables: [String?: StoredTable] = [:]
  /// Whether rows are looked at as they lie, and those that are found sorted by their ids.
  private var sorts = false
  /// What other queries of the filter find.
  private var found: [(query: RowQuery, text: SQLText)] = []

  init(
    _ query: RowQuery,
    dialect: any SQLDialect,
    table: (String) throws -> StoredTable
  ) throws {
    self.query = query
    self.dialect = dialect
    owners = query.asksForUnits ? try ["systemuser", "team"].map(table) : []
    tables[nil] = try table(query.table)
    for join in query.joins {
      guard tables[join.alias] == nil else {
        throw QueryError(description: "two joins have the alias \(join.alias)")
      }
      tables[join.alias] = try table(join.table)
    }
    let filters = [query.filter] + query.joins.map(\.filter)
    for other in filters.compactMap({ $0 }).flatMap(\.queries) {
      found.append((other, try QuerySQL(other, dialect: dialect, table: table).text))
    }
    try build()
  }

  private mutating func build() throws {
    let isGrouped = !query.aggregates.isEmpty || !query.groups.isEmpty
    var selected = isGrouped ? try groupColumns() : try plainColumns()
    let isPaged = !query.isUnordered || !query.order.isEmpty || query.after != nil
    var groups = isGrouped ? query.groups : []
    var order = isGrouped || query.isDistinct ? query.order : isPaged ? try totalOrder() : []
    if !isGrouped, query.isDistinct {
      // Rows are one where they compare alike, however they are spelled.
      groups = columns.map(\.path)
      selected = try groups.map { try representative($0) }
      order += groups.filter { path in !order.contains { $0.path == path } }
        .map { RowQuery.Order($0) }
    } else if !isGrouped {
      for entry in order { selected.append(try spelled(entry.path)) }
      cookieWidth = order.count
    }
    text = "SELECT \(selected.joined(separator: ", "))"
    text += "\nFROM \(tables[nil]?.source ?? "\(name: query.table)") AS \(alias(nil))"
    text += try joined()
    var conditions: [SQLText] = []
    if let filter = query.filter { conditions.append(try condition(filter)) }
    if let cookie = query.after { conditions.append(try behind(cookie, order)) }
    if !conditions.isEmpty { text += "\nWHERE \(conditions.joined(separator: " AND "))" }
    if !groups.isEmpty {
      let terms = try groups.map { try distinguishing($0) }
      text += "\nGROUP BY \(terms.joined(separator: ", "))"
    }
    if !order.isEmpty {
      let terms = try order.map { entry in
        // Nothing comes before everything, in either database.
        try place(of: entry) + (entry.isDescending ? " DESC NULLS LAST" : " ASC NULLS FIRST")
      }
      text += "\nORDER BY \(terms.joined(separator: ", "))"
    }
    if let rowsMax = query.rowsMax { text += "\nLIMIT \(rowsMax)" }
  }

  private func joined() throws -> SQLText {
    var text: SQLText = ""
    for join in query.joins {
      let inner = try spelled(RowQuery.ColumnPath(join.column, of: join.alias))
      let source = tables[join.alias]?.source ?? "\(name: join.table)"
      let outer = try spelled(join.to)
      text += join.isOuter ? "\nLEFT JOIN " : "\nJOIN "
      text += "\(source) AS \(alias(join.alias)) ON \(inner) = \(outer)"
      if let filter = join.filter { text += " AND \(try condition(filter))" }
    }
    return text
  }

  /// What an order goes by.
  private func place(of entry: RowQuery.Order) throws -> SQLText {
    guard let number = entry.aggregate else { return try placed(entry.path) }
    guard query.aggregates.indices.contains(number) else {
      throw QueryError(description: "the order names an aggregate that is not asked for")
    }
    return try term(query.aggregates[number]).0
  }

  // MARK: Columns

  private mutating func plainColumns() throws -> [SQLText] {
    let paths =
      query.columns.isEmpty
      ? (tables[nil]?.table.columns ?? []).flatMap(Self.paths) : query.columns
    return try paths.map { path in
      columns.append((path, try column(path)))
      return try spelled(path)
    }
  }

  /// A column, and beside it what its value is nothing without.
  static func paths(of column: Column) -> [RowQuery.ColumnPath] {
    let path = RowQuery.ColumnPath(column.name)
    switch column.type {
    case .lookup(let targets) where targets.count != 1:
      return [path, RowQuery.ColumnPath(StoredTable.companionName(column.name, .type))]
    case .file: return [path, RowQuery.ColumnPath(StoredTable.companionName(column.name, .name))]
    default: return [path]
    }
  }

  private mutating func groupColumns() throws -> [SQLText] {
    var selected = try query.groups.map { path in
      columns.append((path, try column(path)))
      return try representative(path)
    }
    for aggregate in query.aggregates {
      let (term, column) = try self.term(aggregate)
      columns.append((RowQuery.ColumnPath(column.name), column))
      selected.append(term)
    }
    return selected
  }

  private func term(_ aggregate: RowQuery.Aggregate) throws -> (SQLText, Column) {
    guard let path = aggregate.path else { return ("COUNT(*)", Column("count", .bigInteger)) }
    let column = try column(path)
    let name = "\(aggregate.function.rawValue)_\(path.column)"
    // The least text is so by its characters, as it is shown.
    let isText = column.type.comparison == .folded
    let number = isText ? try spelled(path) : try comparable(path)
    switch aggregate.function {
    case .count: return ("COUNT(\(try spelled(path)))", Column(name, .bigInteger))
    case .countDistinct:
      return ("COUNT(DISTINCT \(try distinguishing(path)))", Column(name, .bigInteger))
    case .sum:
      let isWhole = column.type.storage == .integer
      return isWhole
        ? (dialect.wholeSum(number), Column(name, .bigInteger))
        : ("SUM(\(number))", Column(name, .float(min: nil, max: nil)))
    case .average: return (dialect.average(number), Column(name, .float(min: nil, max: nil)))
    case .min, .max:
      let isDecimal = column.type.storage == .decimal
      let type: ColumnType = isDecimal ? .float(min: nil, max: nil) : column.type
      let term: SQLText = aggregate.function == .min ? "MIN(\(number))" : "MAX(\(number))"
      return (term, Column(name, type))
    }
  }

  private func column(_ path: RowQuery.ColumnPath) throws -> Column {
    guard let table = tables[path.alias]?.table else {
      throw QueryError(description: "there is no join with the alias \(path.alias ?? "")")
    }
    if let colon = path.column.firstIndex(of: ":"),
      let column = table.column(String(path.column[..<colon])),
      Self.paths(of: column).contains(where: { $0.column == path.column })
    {
      return Column(path.column, .text(lengthMax: nil))
    }
    guard let column = table.column(path.column) else {
      throw QueryError(description: "the table \(table.name) has no column \(path.column)")
    }
    return path.part == nil ? column : Column(path.column, .integer(min: nil, max: nil))
  }

  private func alias(_ name: String?) -> SQLText { "\(name: name.map { "j_\($0)" } ?? "t")" }

  private func spelled(_ path: RowQuery.ColumnPath) throws -> SQLText {
    _ = try column(path)
    if let table = tables[path.alias], let derivation = table.table.derivation(of: path.column) {
      return derivation.term(for: path.column, owners: owners) { stored($0, of: path.alias) }
    }
    return stored(path.column, of: path.alias)
  }

  private func stored(_ column: String, of alias: String?) -> SQLText {
    "\(self.alias(alias)).\(name: tables[alias]?.stored(column) ?? column)"
  }

  private func comparison(_ path: RowQuery.ColumnPath) throws -> ValueComparison {
    // The table that a lookup leads to and the name of a file are kept as they are asked for.
    path.column.contains(":") || path.part != nil ? .asKept : try column(path).type.comparison
  }

  /// What its values compare by.
  private func comparable(_ path: RowQuery.ColumnPath) throws -> SQLText {
    let name = try spelled(path)
    if let part = path.part { return part.of(name) }
    switch try comparison(path) {
    case .asKept: return name
    case .number: return dialect.number(name)
    case .day: return "SUBSTR(\(name), 1, 10)"
    case .moment: return "SUBSTR(\(name) || 'T00:00:00', 1, 19)"
    case .folded:
      guard let table = tables[path.alias], table.table.derivation(of: path.column) == nil,
        let folded = table.foldedName(path.column)
      else { return dialect.folded(name) }
      return "\(alias(path.alias)).\(name: folded)"
    }
  }

  /// What its values are in order by.
  private func placed(_ path: RowQuery.ColumnPath) throws -> SQLText {
    let term = try comparable(path)
    return sorts ? dialect.sorted(term) : term
  }

  /// What tells its values apart: equal decimals have equal spellings, and different ones may be the same number to the
  /// database.
  private func distinguishing(_ path: RowQuery.ColumnPath) throws -> SQLText {
    try comparison(path) == .number ? try spelled(path) : try comparable(path)
  }

  /// One of the spellings of values that compare alike.
  private func representative(_ path: RowQuery.ColumnPath) throws -> SQLText {
    let name = try spelled(path)
    return switch try comparison(path) {
    case .asKept: try comparable(path)
    case .number: name
    case .folded, .day, .moment: "MIN(\(name))"
    }
  }

  // MARK: Conditions

  private func condition(_ filter: RowQuery.Filter) throws -> SQLText {
    switch filter {
    case .all(let filters):
      let terms = try filters.map { try condition($0) }
      return terms.isEmpty ? "1 = 1" : "(\(terms.joined(separator: " AND ")))"
    case .any(let filters):
      let terms = try filters.map { try condition($0) }
      return terms.isEmpty ? "1 = 0" : "(\(terms.joined(separator: " OR ")))"
    case .not(let filter): return "NOT \(try condition(filter))"
    case .compare(let path, let comparison, let value):
      return "(\(try compare(path, comparison, value)))"
    case .isGiven(let path): return "(\(try distinguishing(path)) = \(argument: 0))"
    case .compareColumns(let left, let comparison, let right):
      return "(\(try comparable(left)) \(comparison.sql) \(try comparable(right)))"
    case .isNull(let path): return "(\(try spelled(path)) IS NULL)"
    case .isAmong(let path, let values):
      guard !values.isEmpty else { return "1 = 0" }
      let comparison = try comparison(path)
      let operands = values.map { SQLValue(comparison.compared($0)) }
      return "(\(try distinguishing(path)) IN \(list: operands))"
    // What takes the meaning of nothing is like nothing.
    case .like(_, let pattern)
    where !pattern.reversed().prefix { $0 == "\\" }.count.isMultiple(of: 2):
      return "1 = 0"
    case .isFound(let path, let query):
      guard let found = found.first(where: { $0.query == query }) else { return "1 = 0" }
      return "(\(try spelled(path)) IN (\(found.text)))"
    case .like(let path, let pattern):
      return "(\(try isLike(path, pattern)))"
    case .holds(let path, let option):
      return "(\(dialect.like(try spelled(path), "\("%,\(option),%")")))"
    case .means(let path, _, _):
      throw QueryError(description: "\(path.name) is asked for by words that nobody has read")
    }
  }

  private func isLike(_ path: RowQuery.ColumnPath, _ pattern: String) throws -> SQLText {
    let comparison = try comparison(path)
    let operand: SQLText = "\(comparison.compared(pattern: pattern))"
    guard comparison == .folded else { return dialect.like(try spelled(path), operand) }
    guard tables[path.alias]?.foldedName(path.column) == nil else {
      return dialect.like(try comparable(path), operand)
    }
    return dialect.foldedLike(try spelled(path), operand)
  }

  private func compare(
    _ path: RowQuery.ColumnPath,
    _ comparison: RowQuery.Comparison,
    _ value: RowValue
  ) throws -> SQLText {
    let kind = try self.comparison(path)
    let operand = SQLValue(kind.compared(value))
    guard kind == .number, ![.equal, .notEqual].contains(comparison) else {
      return "\(try distinguishing(path)) \(comparison.sql) \(operand)"
    }
    return "\(try comparable(path)) \(comparison.sql) \(dialect.number("\(operand)"))"
  }

  // MARK: Pages

  /// The order asked for, and the id: no two rows are alike in it.
  private func totalOrder() throws -> [RowQuery.Order] {
    guard let table = tables[nil]?.table else { return query.order }
    let id = RowQuery.ColumnPath(table.primaryKey)
    // Behind the id nothing is left to order.
    guard let last = query.order.firstIndex(where: { $0.path == id }) else {
      return query.order + [RowQuery.Order(id)]
    }
    return Array(query.order[...last])
  }

  private func behind(
    _ cookie: RowQuery.Cookie,
    _ order: [RowQuery.Order]
  ) throws -> SQLText {
    guard cookie.values.count == order.count else {
      throw QueryError(description: "the page's cookie belongs to another query")
    }
    var terms: [SQLText] = []
    for place in order.indices {
      // Nothing comes behind nothing; and no value may be noted that is not spelled.
      if cookie.values[place] == .null, order[place].isDescending { continue }
      var term: [SQLText] = []
      for (entry, value) in zip(order[..<place], cookie.values) {
        // As the order compares: spelled otherwise, two decimals may still be alike as numbers.
        let comparison = try comparison(entry.path)
        let name = try comparable(entry.path)
        guard value != .null else {
          term.append("\(name) IS NULL")
          continue
        }
        let operand: SQLText = "\(SQLValue(comparison.compared(value)))"
        term.append("\(name) = \(comparison == .number ? dialect.number(operand) : operand)")
      }
      let beyond = try beyond(order[place], cookie.values[place])
      terms.append("(\((term + [beyond]).joined(separator: " AND ")))")
    }
    return terms.isEmpty ? "1 = 0" : "(\(terms.joined(separator: " OR ")))"
  }

  private func beyond(_ entry: RowQuery.Order, _ value: RowValue) throws -> SQLText {
    let name = try spelled(entry.path)
    switch (value, entry.isDescending) {
    case (.null, _): return "\(name) IS NOT NULL"
    // Only the id stands alone where rows are sorted, and it is kept as it is asked for.
    case (_, false) where sorts: return "\(try placed(entry.path)) > \(SQLValue(value))"
    case (_, false): return try compare(entry.path, .greater, value)
    case (_, true): return "(\(try compare(entry.path, .less, value)) OR \(name) IS NULL)"
    }
  }
}

/// Along the ids each row is a jump through the table: quick where a page is full after some of them, and slower than looking
/// at the whole table where it is not.
extension QuerySQL {
  /// Counts, up to a page, the rows among the first ones that pass the filter; nil where the order leaves no choice.
  func filling() throws -> (text: SQLText, rowsMax: Int)? {
    guard let rowsMax = query.rowsMax, let filter = query.filter, let stored = tables[nil],
      cookieWidth == 1, query.order.isEmpty, stored.rows == nil
    else { return nil }
    let id = stored.table.primaryKey
    // Whoever asks for an id is led there by its index.
    guard !filter.paths.contains(RowQuery.ColumnPath(id)) else { return nil }
    let name: SQLText = "\(name: stored.stored(id))"
    var inner: SQLText = "SELECT * FROM \(name: stored.name)"
    if let last = query.after?.values.first { inner += " WHERE \(name) > \(SQLValue(last))" }
    let width = rowsMax < 250 ? rowsMax * 20 : 5_000
    inner += " ORDER BY \(name) LIMIT \(width)"
    let text: SQLText = """
      SELECT COUNT(*) FROM (SELECT 1 FROM (\(inner)) AS \(alias(nil))\(try joined())
      WHERE \(try condition(filter)) LIMIT \(rowsMax)) AS found
      """
    return (text, rowsMax)
  }

  /// The same rows, looked for as they lie, and sorted by their ids.
  func sorted() throws -> QuerySQL {
    var sorted = self
    sorted.sorts = true
    sorted.columns = []
    sorted.cookieWidth = 0
    try sorted.build()
    return sorted
  }
}

extension RowQuery.Comparison {
  fileprivate var sql: SQLText {
    switch self {
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}
