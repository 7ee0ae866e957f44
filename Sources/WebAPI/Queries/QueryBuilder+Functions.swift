internal import OData
package import Solutions

/// Functions of the platform (WA-515).
extension QueryBuilder {
  mutating func platformFunction(
    _ call: Expression.Call,
    in scope: Scope
  ) async throws -> RowQuery.Filter {
    waver()
    let resolved = try await named(call["PropertyName"], in: scope)
    let (path, name) = (resolved.path, call.bareName)
    if let period = try Period(name, number: try number(call), from: moment) {
      guard case .dateTime = resolved.column.type else {
        throw WebError.badQuery("\(resolved.column.name) holds no date")
      }
      return period.filter(path)
    }
    let kin = try await Kin(name, of: resolved.column, in: resolved.model, catalog, user) {
      try values(call["PropertyValue"]).first
    }
    if let kin { return kin.filter(path) }
    switch name {
    case "In", "NotIn":
      let values = try self.values(call["PropertyValues"]).map { try resolved.value(of: $0) }
      let among = RowQuery.Filter.any(values.map { .compare(path, .equal, $0) })
      return name == "In" ? Self.halved(among) : .not(Self.halved(among))
    case "Between", "NotBetween":
      let values = try self.values(call["PropertyValues"])
      guard values.count == 2 else { throw WebError.badQuery("\(name) takes two values") }
      let between = RowQuery.Filter.all([
        .compare(path, .greaterOrEqual, try resolved.value(of: values[0])),
        .compare(path, .lessOrEqual, try resolved.value(of: values[1])),
      ])
      return name == "Between" ? between : .not(between)
    case "ContainValues", "DoesNotContainValues":
      guard case .choices = resolved.column.type else {
        throw WebError.badQuery("\(resolved.column.name) does not hold several options")
      }
      let options = try self.values(call["PropertyValues"]).map { text in
        guard let option = Int(text) else { throw WebError.badQuery("\(text) is no option") }
        return RowQuery.Filter.holds(path, option: option)
      }
      let holds = RowQuery.Filter.any(options)
      return name == "ContainValues" ? holds : .any([.isNull(path), .not(holds)])
    case "On", "OnOrAfter", "OnOrBefore", "NotOn":
      guard let text = try values(call["PropertyValue"]).first else {
        throw WebError.badQuery("\(name) takes a date")
      }
      return try Period.filter(path, name, day: text)
    case "EqualUserId": return .compare(path, .equal, .text(user.user.description))
    case "NotEqualUserId": return .compare(path, .notEqual, .text(user.user.description))
    case "EqualBusinessId": return .compare(path, .equal, .text(user.unit.description))
    case "NotEqualBusinessId": return .compare(path, .notEqual, .text(user.unit.description))
    default: throw WebError(missing: "the function \(name.shown(80)) in $filter")
    }
  }

  private func number(_ call: Expression.Call) throws -> Int? {
    guard let text = try values(call["PropertyValue"]).first else { return nil }
    return Int(text).flatMap { (0...100_000).contains($0) ? $0 : nil }
  }

  /// In groups, so that no database has to go too deep.
  private static func halved(_ filter: RowQuery.Filter) -> RowQuery.Filter {
    guard case .any(let terms) = filter, terms.count > 100 else { return filter }
    return .any(
      stride(from: 0, to: terms.count, by: 100).map {
        .any(Array(terms[$0..<min($0 + 100, terms.count)]))
      }
    )
  }
}

extension QueryBuilder.Resolved {
  /// A value that is written as text, whatever the column holds.
  fileprivate func value(of text: String) throws -> RowValue {
    if case .choice = column.type {
      guard let number = Int64(text) else { throw WebError.badQuery("\(text) is no option") }
      return .integer(number)
    }
    do throws(RowProblem) {
      return try column.meaning(of: text)
    } catch {
      throw WebError.badQuery("\(column.name): \(error.message)")
    }
  }
}

/// From one moment up to another; both in UTC, as are days, weeks and months.
struct Period {
  /// nil is any.
  let start: Timestamp?
  /// Not itself in it; nil is any.
  let end: Timestamp?

  private static let day = 86_400_000
  private static let hour = 3_600_000

  /// - Returns: nil for what is the name of no period.
  init?(_ name: String, number: Int?, from now: Timestamp) throws {
    let today = CalendarDay(now)
    func days(_ start: CalendarDay, _ end: CalendarDay) -> (Timestamp, Timestamp) {
      (start.timestamp, end.timestamp)
    }
    let found: (Timestamp?, Timestamp?)
    switch name {
    case "Today": found = days(today, today.adding(days: 1))
    case "Yesterday": found = days(today.adding(days: -1), today)
    case "Tomorrow": found = days(today.adding(days: 1), today.adding(days: 2))
    case "Last7Days": found = days(today.adding(days: -7), today.adding(days: 1))
    case "Next7Days": found = days(today, today.adding(days: 8))
    case "ThisWeek": found = days(today.week, today.week.adding(days: 7))
    case "LastWeek": found = days(today.week.adding(days: -7), today.week)
    case "NextWeek": found = days(today.week.adding(days: 7), today.week.adding(days: 14))
    case "ThisMonth": found = days(today.month, today.month.adding(months: 1))
    case "LastMonth": found = days(today.month.adding(months: -1), today.month)
    case "NextMonth": found = days(today.month.adding(months: 1), today.month.adding(months: 2))
    case "ThisYear": found = days(today.year, today.year.adding(months: 12))
    case "LastYear": found = days(today.year.adding(months: -12), today.year)
    case "NextYear": found = days(today.year.adding(months: 12), today.year.adding(months: 24))
    default:
      guard let unit = Self.unit(name) else { return nil }
      guard let number else { throw WebError.badQuery("\(name) takes a number") }
      let sign = name.hasPrefix("Next") ? 1 : -1
      let other = Self.moment(unit, sign * number, from: now)
      // Moments are kept to the second: what was written in this one is past.
      let soon = Timestamp(milliseconds: now.milliseconds + 1000)
      found =
        name.hasPrefix("Next")
        ? (now, other) : name.hasPrefix("Last") ? (other, soon) : (nil, other)
    }
    (start, end) = found
  }

  /// `LastXHours`, `NextXDays`, `OlderThanXMonths`.
  private static func unit(_ name: String) -> String? {
    for prefix in ["LastX", "NextX", "OlderThanX"] where name.hasPrefix(prefix) {
      let unit = String(name.dropFirst(prefix.count))
      let known = ["Hours", "Days", "Weeks", "Months", "Years"]
      if known.contains(unit) || unit == "Minutes" && prefix == "OlderThanX" { return unit }
    }
    return nil
  }

  private static func moment(_ unit: String, _ number: Int, from now: Timestamp) -> Timestamp {
    func after(_ milliseconds: Int) -> Timestamp {
      Timestamp(milliseconds: now.milliseconds + milliseconds)
    }
    switch unit {
    case "Minutes": return after(number * 60_000)
    case "Hours": return after(number * hour)
    case "Days": return after(number * day)
    case "Weeks": return after(number * 7 * day)
    default:
      let today = CalendarDay(now)
      let moved = today.adding(months: number * (unit == "Years" ? 12 : 1))
      return after(moved.timestamp.milliseconds - today.timestamp.milliseconds)
    }
  }

  func filter(_ path: RowQuery.ColumnPath) -> RowQuery.Filter {
    var terms: [RowQuery.Filter] = []
    if let start { terms.append(.compare(path, .greaterOrEqual, .text(start.rowText))) }
    if let end { terms.append(.compare(path, .less, .text(end.rowText))) }
    return .all(terms)
  }

  /// `On`, `OnOrAfter`, `OnOrBefore`: a whole day.
  static func filter(
    _ path: RowQuery.ColumnPath,
    _ name: String,
    day text: String
  ) throws -> RowQuery.Filter {
    guard let day = CalendarDay(text: String(text.prefix(10))) else {
      throw WebError.badQuery("“\(text.shown(80))” is no date")
    }
    let start = RowValue.text(day.timestamp.rowText)
    let end = RowValue.text(day.adding(days: 1).timestamp.rowText)
    switch name {
    case "OnOrAfter": return .compare(path, .greaterOrEqual, start)
    case "OnOrBefore": return .compare(path, .less, end)
    default:
      let on = RowQuery.Filter.all([
        .compare(path, .greaterOrEqual, start), .compare(path, .less, end),
      ])
      return name == "On" ? on : .not(on)
    }
  }
}

/// A day of the Gregorian calendar, in UTC.
struct CalendarDay {
  /// Since 1970.
  private let number: Int

  init(_ moment: Timestamp) {
    number = Int((Double(moment.milliseconds) / 86_400_000).rounded(.down))
  }

  /// `2026-01-31`.
  init?(text: String) {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...9999).contains(parts[0]), (1...12).contains(parts[1]),
      (1...31).contains(parts[2])
    else { return nil }
    self.init(year: parts[0], month: parts[1], day: parts[2])
  }

  private init(number: Int) { self.number = number }

  /// Years counted from March, so that the leap day is the last.
  private init(year: Int, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = (shifted / 400, shifted % 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    number =
      era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  var timestamp: Timestamp { Timestamp(milliseconds: number * 86_400_000) }

  private var parts: (year: Int, month: Int, day: Int) {
    let parts = timestamp.description.prefix(10).split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? (parts[0], parts[1], parts[2]) : (1970, 1, 1)
  }

  func adding(days: Int) -> CalendarDay { CalendarDay(number: number + days) }

  /// Of a shorter month the last day.
  func adding(months: Int) -> CalendarDay {
    let (year, month, day) = parts
    let total = year * 12 + month - 1 + months
    let first = CalendarDay(year: total / 12, month: total % 12 + 1, day: 1)
    let next = CalendarDay(year: (total + 1) / 12, month: (total + 1) % 12 + 1, day: 1)
    return first.adding(days: min(day, next.number - first.number) - 1)
  }

  /// Its Sunday: 1970 began on a Thursday.
  var week: CalendarDay {
    let place = ((number + 4) % 7 + 7) % 7
    return adding(days: -place)
  }

  var month: CalendarDay { CalendarDay(year: parts.year, month: parts.month, day: 1) }
  var year: CalendarDay { CalendarDay(year: parts.year, month: 1, day: 1) }
}

extension Timestamp {
  /// `2026-11-24T02:45:07.123Z`, as documents of ours have it.
  package init?(wire text: String) {
    guard let day = CalendarDay(text: String(text.prefix(10))) else { return nil }
    let parts = text.dropFirst(11).split { !$0.isNumber }.compactMap { Int($0) }
    guard parts.count >= 3 else { return nil }
    let seconds = (parts[0] * 60 + parts[1]) * 60 + parts[2]
    self.init(
      milliseconds: day.timestamp.milliseconds + seconds * 1000 + (parts.count > 3 ? parts[3] : 0)
    )
  }
}
