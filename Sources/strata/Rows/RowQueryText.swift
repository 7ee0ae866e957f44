import ArgumentParser
import Contract
import FoundationEssentials
import Solutions

/// A query as it is written on a command line.
struct RowQueryText {
  let select: String?
  let conditions: [String]
  let order: String?
  let top: Int?
  let page: String?

  func query(_ table: Table) throws -> RowQuery {
    var query = RowQuery(table.name)
    query.columns = list(select).map { RowQuery.ColumnPath($0) }
    query.order = try list(order).map { text in
      let parts = text.split(separator: ":").map(String.init)
      guard parts.count == 1 || parts.count == 2 && ["asc", "desc"].contains(parts[1]) else {
        throw ValidationError("“\(text)” is not COLUMN or COLUMN:desc.")
      }
      return RowQuery.Order(RowQuery.ColumnPath(parts[0]), isDescending: parts.last == "desc")
    }
    let filters = try conditions.map { try filter($0, table) }
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

  private func filter(_ text: String, _ table: Table) throws -> RowQuery.Filter {
    let end = text.firstIndex { "!<>=~".contains($0) } ?? text.endIndex
    let name = text[..<end].lowercased()
    guard let column = table.column(name) else {
      throw QueryError(description: "the table \(table.name) has no column \(name) (in “\(text)”)")
    }
    let path = RowQuery.ColumnPath(name)
    let rest = text[end...]
    if rest.hasPrefix("~") { return .like(path, String(rest.dropFirst())) }
    guard let (sign, comparison) = Self.comparisons.first(where: { rest.hasPrefix($0.0) }) else {
      throw ValidationError("“\(text)” is not COLUMN=VALUE.")
    }
    let value = String(rest.dropFirst(sign.count))
    if value.isEmpty {
      return comparison == .notEqual ? .not(.isNull(path)) : .isNull(path)
    }
    if case .choices = column.type, comparison != .equal, comparison != .notEqual {
      throw QueryError(description: "\(name) holds several options: write = or !=")
    }
    do throws(RowProblem) {
      let wanted = try column.meaning(of: value)
      guard case .choices = column.type, case .text(let list) = wanted,
        case let options = list.split(separator: ",").compactMap({ Int($0) }), options.count == 1
      else { return .compare(path, comparison, wanted) }
      let holds = RowQuery.Filter.holds(path, option: options[0])
      return comparison == .notEqual ? .not(holds) : holds
    } catch {
      throw QueryError(description: "\(name): \(error.message)")
    }
  }
}

extension Table {
  /// Columns that tell a row apart for people: its name, what solutions added, its state.
  var telling: [String] {
    let added = columns.map(\.name).filter { $0.contains("_") && $0 != primaryName }
    let first = [primaryKey] + (primaryName.map { [$0] } ?? [])
    let telling =
      first + added.filter { !first.contains($0) }.prefix(5) + ["statecode", "modifiedon"]
    // Pairs of rows have no state, and little beside their ends.
    return isIntersect ? columns.map(\.name) : telling
  }
}
