internal import OData
internal import Solutions

/// Conditions of a request as conditions on rows; nulls are neither equal nor different (WA-514).
extension QueryBuilder {
  /// Conditions side by side in one query.
  private static let termsMax = 5000

  mutating func condition(
    _ expression: Expression,
    in scope: Scope
  ) async throws -> RowQuery.Filter {
    switch expression {
    case .all(let terms): return .all(try await conditions(terms, in: scope, RowQuery.Filter.all))
    case .any(let terms): return .any(try await conditions(terms, in: scope, RowQuery.Filter.any))
    case .not(let term): return .not(try await condition(term, in: scope))
    case .literal(.boolean(let value)): return value ? .all([]) : .any([])
    case .compare(let left, let sign, let right):
      return try await comparison(left, sign, right, in: scope)
    case .among(let term, let values):
      let resolved = try await column(term, in: scope)
      return .any(
        try values.map { try compare(resolved, .equal, try literal($0, in: "in")) }
      )
    case .call(let call): return try await self.call(call, in: scope)
    case .lambda(let path, let quantifier, let variable, let condition):
      return try await lambda(path, quantifier, variable, condition, in: scope)
    case .path, .alias:
      // A yes/no column is a condition by itself.
      let resolved = try await column(expression, in: scope)
      guard resolved.column.type == .boolean else {
        throw WebError.badQuery("\(resolved.column.name) is no condition")
      }
      return .compare(resolved.path, .equal, .integer(1))
    case .literal, .calculate, .negative, .list:
      throw WebError.badQuery("a condition is expected in $filter")
    }
  }

  /// In groups, so that no database has to go too deep.
  private mutating func conditions(
    _ terms: [Expression],
    in scope: Scope,
    _ group: ([RowQuery.Filter]) -> RowQuery.Filter
  ) async throws -> [RowQuery.Filter] {
    guard terms.count <= Self.termsMax else {
      throw WebError.badQuery("more than \(Self.termsMax) conditions stand side by side")
    }
    var filters: [RowQuery.Filter] = []
    for term in terms { filters.append(try await condition(term, in: scope)) }
    guard filters.count > 100 else { return filters }
    return stride(from: 0, to: filters.count, by: 100).map { start in
      group(Array(filters[start..<min(start + 100, filters.count)]))
    }
  }

  // MARK: Comparisons

  private mutating func comparison(
    _ left: Expression,
    _ sign: Expression.Comparison,
    _ right: Expression,
    in scope: Scope
  ) async throws -> RowQuery.Filter {
    guard let comparison = RowQuery.Comparison(sign) else {
      throw WebError(missing: "the operator \(sign.rawValue)")
    }
    if case .call = left, case .literal(.boolean(let value)) = right,
      comparison == .equal || comparison == .notEqual
    {
      let condition = try await condition(left, in: scope)
      return value == (comparison == .equal) ? condition : .not(condition)
    }
    if let value = constant(left) {
      if let other = constant(right) { return try constants(value, comparison, other) }
      return try compare(try await column(right, in: scope), comparison.turned, value)
    }
    let resolved = try await column(left, in: scope)
    if let value = constant(right) { return try compare(resolved, comparison, value) }
    let other = try await column(right, in: scope)
    let types = (resolved.column.type, other.column.type)
    guard types.0.comparison == types.1.comparison || types.0.isNumeric && types.1.isNumeric else {
      throw WebError.badQuery(
        "\(resolved.column.name) and \(other.column.name) cannot be compared"
      )
    }
    return .compareColumns(resolved.path, comparison, other.path)
  }

  private func constants(
    _ one: Literal,
    _ comparison: RowQuery.Comparison,
    _ other: Literal
  ) throws -> RowQuery.Filter {
    guard comparison == .equal || comparison == .notEqual else {
      throw WebError(missing: "comparing two values by \(comparison.rawValue)")
    }
    return (one == other) == (comparison == .equal) ? .all([]) : .any([])
  }

  /// A value, or what a parameter stands for where that is one; nil for a column.
  private func constant(_ expression: Expression) -> Literal? {
    switch expression {
    case .literal(let literal): return literal
    case .negative(.literal(.number(let text))): return .number("-\(text)")
    case .alias(let name):
      guard let text = aliases[name] else { return nil }
      do throws(ODataError) {
        if case .literal(let literal) = try Expression(text, part: "@\(name)") { return literal }
      } catch {
        return nil
      }
      return nil
    default: return nil
    }
  }

  private func literal(_ expression: Expression, in what: String) throws -> Literal {
    guard let literal = constant(expression) else {
      throw WebError.badQuery("a value is expected in \(what)")
    }
    return literal
  }

  mutating func column(_ expression: Expression, in scope: Scope) async throws -> Resolved {
    switch expression {
    case .path(let path) where path.steps.last == "$count":
      throw WebError(missing: "$count within $filter")
    case .path(let path): return try await resolve(path, in: scope)
    case .alias(let name): return try await resolve(try aliased(name), in: scope)
    case .call(let call): throw WebError(missing: "the function \(call.name.shown(80)) in $filter")
    case .calculate: throw WebError(missing: "calculating in $filter")
    default: throw WebError.badQuery("a column is expected in $filter")
    }
  }

  func compare(
    _ resolved: Resolved,
    _ comparison: RowQuery.Comparison,
    _ literal: Literal
  ) throws -> RowQuery.Filter {
    guard literal != .null else {
      switch comparison {
      case .equal: return .isNull(resolved.path)
      case .notEqual: return .not(.isNull(resolved.path))
      default: return .any([])
      }
    }
    let value = try resolved.column.value(of: literal)
    if case .choices = resolved.column.type, comparison != .equal, comparison != .notEqual {
      throw WebError.badQuery("\(resolved.column.name) holds several options")
    }
    return .compare(resolved.path, comparison, value)
  }

  // MARK: Collections

  /// `any` is that one of them fits; `all`, that none does not.
  private mutating func lambda(
    _ path: PropertyPath,
    _ quantifier: Expression.Quantifier,
    _ variable: String,
    _ condition: Expression?,
    in scope: Scope
  ) async throws -> RowQuery.Filter {
    let (collection, own, alias) = try await self.collection(path, in: scope)
    let (_, table, column) = Self.ends(of: collection)
    let model = try await catalog.model(of: table)
    var builder = other(table)
    builder.enter(collection, model)
    // Nothing is among what holds a null.
    var filters: [RowQuery.Filter] = [.not(.isNull(column))]
    if let condition {
      let inner = try await builder.condition(
        condition,
        in: Scope(model: model, alias: nil, variable: variable)
      )
      filters.append(quantifier == .any ? inner : .not(inner))
    }
    if !builder.isSteady { waver() }
    builder.change {
      $0.filter = .all(filters)
      $0.columns = [column]
      $0.isUnordered = true
    }
    let found = RowQuery.Filter.isFound(
      RowQuery.ColumnPath(own.table.primaryKey, of: alias),
      builder.tree.query
    )
    return quantifier == .any ? found : .not(found)
  }

  // MARK: Functions

  private mutating func call(
    _ call: Expression.Call,
    in scope: Scope
  ) async throws -> RowQuery.Filter {
    switch call.name {
    case "contains", "startswith", "endswith":
      guard call.arguments.count == 2 else {
        throw WebError.badQuery("\(call.name) takes a column and a text")
      }
      let resolved = try await column(call.arguments[0].value, in: scope)
      guard case .text(let text) = try literal(call.arguments[1].value, in: call.name) else {
        throw WebError.badQuery("\(call.name) takes a text")
      }
      guard resolved.column.type.comparison == .folded else {
        throw WebError.badQuery("\(resolved.column.name) holds no text")
      }
      // Wildcards in the text mean what they mean to the platform (WA-512).
      let pattern = text.replacing("\\", with: "\\\\")
      switch call.name {
      case "contains": return .like(resolved.path, "%\(pattern)%")
      case "startswith": return .like(resolved.path, "\(pattern)%")
      default: return .like(resolved.path, "%\(pattern)")
      }
    default:
      guard call.name.hasPrefix("Microsoft.Dynamics.CRM.") || call.name.hasPrefix("mscrm.") else {
        throw WebError(missing: "the function \(call.name.shown(80)) in $filter")
      }
      return try await platformFunction(call, in: scope)
    }
  }

  /// A parameter of a function as a list of values.
  func values(_ expression: Expression?) throws -> [String] {
    switch expression {
    case nil: return []
    case .list(let values):
      return try values.map { try literal($0, in: "a list").plain ?? "" }
    case .alias(let name):
      guard let text = aliases[name] else {
        throw WebError.badQuery("@\(name.shown(80)) stands for nothing")
      }
      return try values(try Expression(text, part: "@\(name)"))
    case let single?: return [try literal(single, in: "a function").plain ?? ""]
    }
  }

  /// The column that a function names: in quotation marks, or by a parameter that may stand without them.
  mutating func named(_ expression: Expression?, in scope: Scope) async throws -> Resolved {
    switch expression {
    case .literal(.text(let name)):
      return try await resolve(PropertyPath(name.split(separator: "/").map(String.init)), in: scope)
    case .alias(let name):
      guard let text = aliases[name] else {
        throw WebError.badQuery("@\(name.shown(80)) stands for nothing")
      }
      return try await named(try Expression(text, part: "@\(name)"), in: scope)
    case .path(let path): return try await resolve(path, in: scope)
    default: throw WebError.badQuery("PropertyName is expected")
    }
  }
}

extension RowQuery.Comparison {
  init?(_ sign: Expression.Comparison) {
    switch sign {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .has: return nil
    }
  }

  /// The same with its sides exchanged.
  var turned: RowQuery.Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension Column {
  /// A value of a request as this column holds it.
  ///
  /// - Throws: `WebError` for a value of another type.
  func value(of literal: Literal) throws -> RowValue {
    let isFitting =
      switch (type, literal) {
      case (.text, .text), (.choices, .text), (.choices, .number), (.boolean, .boolean): true
      case (.primaryKey, .guid), (.uniqueIdentifier, .guid), (.lookup, .guid): true
      case (.primaryKey, .text), (.uniqueIdentifier, .text), (.lookup, .text): true
      case (.integer, .number), (.bigInteger, .number), (.decimal, .number), (.float, .number),
        (.choice, .number):
        true
      case (.dateTime, .date), (.dateTime, .dateTime), (.dateTime, .text): true
      default: false
      }
    guard isFitting, let text = literal.plain else {
      throw WebError.badQuery(
        "\(name) holds a value of the type \(type.title), and is compared with another"
      )
    }
    // Labels are for people: programs compare numbers of options.
    if case .choice = type {
      guard let number = Int64(text) else { throw WebError.badQuery("\(text) is no option") }
      return .integer(number)
    }
    // No row holds it: what is empty is kept as no value.
    if text.isEmpty { return .text("") }
    do throws(RowProblem) {
      return try meaning(of: text)
    } catch {
      throw WebError.badQuery("\(name): \(error.message)")
    }
  }
}
