internal import Contract
package import Solutions

/// A query as people write it: columns, conditions, order.
package struct RowQueryText {
  private let select: String?
  private let conditions: [String]
  private let order: String?
  private let top: Int?
  private let page: String?

  package init(
    select: String? = nil,
    conditions: [String] = [],
    order: String? = nil,
    top: Int? = nil,
    page: String? = nil
  ) {
    self.select = select
    self.conditions = conditions
    self.order = order
    self.top = top
    self.page = page
  }

  /// - Throws: `QueryTextError` for what is no query; `QueryError` for a text that is no page.
  package func query(_ table: Table) throws -> RowQuery {
    var query = RowQuery(table.name)
    query.columns = list(select).map { RowQuery.ColumnPath(written: $0) }
    query.order = try list(order).map { text in
      let parts = text.split(separator: ":").map(String.init)
      guard parts.count == 1 || parts.count == 2 && ["asc", "desc"].contains(parts[1]) else {
        throw QueryTextError("“\(text.shown(200))” is not COLUMN or COLUMN:desc.")
      }
      return RowQuery.Order(
        RowQuery.ColumnPath(written: parts[0]),
        isDescending: parts.last == "desc"
      )
    }
    let filters = try conditions.map { try filter($0) }
    if !filters.isEmpty { query.filter = .all(filters) }
    query.rowsMax = top
    query.after = try page.map { try RowQuery.Cookie(text: $0) }
    return query
  }

  private func list(_ text: String?) -> [String] {
    text?.split(separator: ",").map { $0.lowercased().filter { $0 != " " } } ?? []
  }

  private static let comparisons: [(String, RowQuery.Comparison)] = [
    ("!=", .notEqual), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("=", .equal), ("<", .less),
    (">", .greater),
  ]

  private func filter(_ text: String) throws -> RowQuery.Filter {
    let end = text.firstIndex { "!<>=~".contains($0) } ?? text.endIndex
    let path = RowQuery.ColumnPath(written: text[..<end].lowercased())
    let rest = text[end...]
    if rest.hasPrefix("~") {
      let patterns = Self.alternatives(String(rest.dropFirst()))
      return .any(patterns.map { .like(path, $0) })
    }
    guard !path.column.isEmpty,
      let (sign, comparison) = Self.comparisons.first(where: { rest.hasPrefix($0.0) })
    else { throw QueryTextError("“\(text.shown(200))” is not COLUMN=VALUE.") }
    let values = Self.alternatives(String(rest.dropFirst(sign.count)))
    guard values.count == 1 || comparison == .equal || comparison == .notEqual else {
      throw QueryTextError(
        "“\(text.shown(200))”: several values go with = and != and ~; \\| is a bar."
      )
    }
    return .means(path, comparison, values)
  }

  /// What bars separate; `\|` is a bar.
  private static func alternatives(_ text: String) -> [String] {
    var found = [""]
    var isEscaped = false
    for character in text {
      let last = found.count - 1
      if isEscaped {
        // What follows anything else means something to a pattern, and stands for itself in a value.
        found[last] += character == "|" ? "|" : "\\\(character)"
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        found.append("")
      } else {
        found[last].append(character)
      }
    }
    if isEscaped { found[found.count - 1] += "\\" }
    return found
  }
}

extension Table {
  /// Columns that tell a row apart for people: its name, what solutions added, its state.
  package var telling: [String] {
    let added = columns.map(\.name).filter { $0.contains("_") && $0 != primaryName }
    let first = [primaryKey] + (primaryName.map { [$0] } ?? [])
    let telling =
      first + added.filter { !first.contains($0) }.prefix(5) + ["statecode", "modifiedon"]
    // Pairs of rows have no state, and little beside their ends.
    return isIntersect ? columns.map(\.name) : telling
  }
}

/// Words that are no query.
package struct QueryTextError: CodedError {
  /// A sentence.
  package let message: Prose

  init(_ message: Prose) { self.message = message }

  package var code: Failure.Code { .badQuery }
  package var prose: Prose { message }
}
