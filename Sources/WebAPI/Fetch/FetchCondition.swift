internal import OData
internal import Solutions

/// One condition of FetchXML.
struct FetchCondition {
  let column: Column
  let path: RowQuery.ColumnPath
  let moment: Timestamp
  let session: Session

  func filter(_ sign: String, _ values: [String]) throws -> RowQuery.Filter {
    if let comparison = FetchBuilding.comparisons[sign] {
      return .compare(path, comparison, try column.compared(to: first(values, sign)))
    }
    switch sign {
    case "null": return .isNull(path)
    case "not-null": return .not(.isNull(path))
    case "like": return .like(path, try Self.pattern(try first(values, sign)))
    case "not-like": return .not(.like(path, try Self.pattern(try first(values, sign))))
    case "begins-with": return .like(path, "\(Self.escaped(try first(values, sign)))%")
    case "not-begin-with": return .not(.like(path, "\(Self.escaped(try first(values, sign)))%"))
    case "ends-with": return .like(path, "%\(Self.escaped(try first(values, sign)))")
    case "not-end-with": return .not(.like(path, "%\(Self.escaped(try first(values, sign)))"))
    case "in", "not-in":
      let among = RowQuery.Filter.any(
        try values.map { .compare(path, .equal, try column.compared(to: $0)) }
      )
      return sign == "in" ? among : .not(among)
    case "between", "not-between":
      guard values.count == 2 else { throw WebError.badQuery("\(sign) takes two values") }
      let between = RowQuery.Filter.all([
        .compare(path, .greaterOrEqual, try column.compared(to: values[0])),
        .compare(path, .lessOrEqual, try column.compared(to: values[1])),
      ])
      return sign == "between" ? between : .not(between)
    case "eq-userid": return .compare(path, .equal, .text(session.user.description))
    case "ne-userid": return .compare(path, .notEqual, .text(session.user.description))
    case "eq-businessid": return .compare(path, .equal, .text(session.unit.description))
    case "ne-businessid": return .compare(path, .notEqual, .text(session.unit.description))
    case "contain-values", "not-contain-values":
      let holds = RowQuery.Filter.any(
        values.compactMap { Int($0) }.map { .holds(path, option: $0) }
      )
      return sign == "contain-values" ? holds : .any([.isNull(path), .not(holds)])
    default: return try period(sign, values)
    }
  }

  private func first(_ values: [String], _ sign: String) throws -> String {
    guard let value = values.first else { throw WebError.badQuery("\(sign) takes a value") }
    return value
  }

  private static func escaped(_ text: String) -> String { text.replacing("\\", with: "\\\\") }

  /// One sign in brackets is itself: `50[%]`.
  private static func pattern(_ text: String) throws -> String {
    var (pattern, rest) = ("", text[...])
    while let sign = rest.popFirst() {
      guard sign == "[", let end = rest.firstIndex(of: "]") else {
        pattern += escaped(String(sign))
        continue
      }
      let inner = rest[..<end]
      guard inner.count == 1 else {
        throw WebError(
          missing: "one of several signs, [\(String(inner).shown(40))], in like of FetchXML"
        )
      }
      pattern += ["%", "_"].contains(inner) ? "\\\(inner)" : escaped(String(inner))
      rest = rest[rest.index(after: end)...]
    }
    return pattern
  }

  /// `last-x-days`, `on-or-after`, `this-week`.
  private func period(_ sign: String, _ values: [String]) throws -> RowQuery.Filter {
    guard case .dateTime = column.type else {
      throw WebError(missing: "the operator \(sign.shown(40)) in FetchXML")
    }
    let days = [
      "on": "On", "not-on": "NotOn", "on-or-after": "OnOrAfter", "on-or-before": "OnOrBefore",
    ]
    if let name = days[sign] {
      return try Period.filter(path, name, day: try first(values, sign))
    }
    let words = sign.replacing("seven", with: "7").replacing("olderthan", with: "older-than")
    let name = words.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    let number = values.first.flatMap { Int($0) }.flatMap { (0...100_000).contains($0) ? $0 : nil }
    guard let period = try Period(name.joined(), number: number, from: moment) else {
      throw WebError(missing: "the operator \(sign.shown(40)) in FetchXML")
    }
    return period.filter(path)
  }
}
