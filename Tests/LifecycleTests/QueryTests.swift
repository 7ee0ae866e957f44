import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Queries against an answer that is obvious.
@Suite("Queries", .everyBackend)
struct QueryTests {
  private typealias Path = RowQuery.ColumnPath

  private func filled() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import(
      """
      X 1.0 by A
      table t
      primary t.name
      column t.n int
      column t.d decimal
      column t.m multiselectpicklist
      table u
      column u.x nvarchar 10
      column u.t lookup
      relationship t_u u.t -> t
      """
    )
    let rows = (1...7).map { number in
      "\(PackageText.guid("t\(number)"))|name \(number)|\(number % 3 == 0 ? "" : "\(number % 4)")|\(number).\(number)|1;\(number)"
    }
    try await environment.write("tid|name|n|d|m\n" + rows.joined(separator: "\n"), into: "t")
    try await environment.write(
      "x|t\na|\(PackageText.guid("t1"))\nb|\(PackageText.guid("t1"))\nc|\(PackageText.guid("t2"))\nd|",
      into: "u"
    )
    return environment
  }

  private func answer(_ query: RowQuery, _ environment: TestEnvironment) async throws -> [String] {
    try await environment.lifecycle.beneath.read { session in
      var lines: [String] = []
      try session.rows(query) { header, row in
        lines.append(
          zip(header.columns, row.values).map { $0.column.text(of: $1) }.joined(separator: " ")
        )
      }
      return lines
    }
  }

  @Test("An id orders before what is named behind it, and nothing is left to order then")
  func idFirst() async throws {
    let environment = try await filled()
    var query = RowQuery("t")
    query.columns = [Path("tid")]
    query.order = [.init(Path("tid"), isDescending: true), .init(Path("name"))]
    let ids = try await answer(query, environment)
    #expect(ids.count == 7)
    #expect(ids == ids.sorted(by: >))
    query.rowsMax = 3
    var pages: [String] = []
    repeat {
      let asked = query
      let page = try await environment.lifecycle.ask(RowsQuestion(of: "t") { _ in asked })
      pages += page.rows.map { page.header.columns[0].column.text(of: $0.values[0]) }
      query.after = page.next
    } while query.after != nil
    #expect(pages == ids)
  }

  @Test("RW-80 Pages of what passes a filter are the same however much of the table passes it")
  func filteredPages() async throws {
    let environment = try await filled()
    let rows = (1...3_000).map { number in
      "\(PackageText.guid("many\(number)"))|m \(number)|\(number % 2 == 0 ? 8 : 9)|\(number % 500 == 7 ? 1 : 2)"
    }
    try await environment.write("tid|name|n|d\n" + rows.joined(separator: "\n"), into: "t")
    // Half of the rows fill a page at once; six of them, and none, are looked for in all of the table.
    let filters: [RowQuery.Filter] = [
      .compare(Path("n"), .equal, .integer(8)), .compare(Path("d"), .equal, .text("1")),
      .compare(Path("n"), .equal, .integer(77)), .like(Path("name"), "m 12%"),
      .compare(Path("tid"), .equal, .text(PackageText.guid("many9"))),
    ]
    for filter in filters {
      var query = RowQuery("t")
      query.columns = [Path("tid")]
      query.filter = filter
      let all = try await answer(query, environment)
      #expect(all == all.sorted())
      for rowsMax in [4, 400] {
        query.rowsMax = rowsMax
        query.after = nil
        var paged: [String] = []
        repeat {
          let asked = query
          let page = try await environment.lifecycle.ask(RowsQuestion(of: "t") { _ in asked })
          paged += page.rows.map { page.header.columns[0].column.text(of: $0.values[0]) }
          query.after = page.next
        } while query.after != nil
        #expect(paged == all)
      }
    }
  }

  @Test(
    "Filters compare numbers as numbers, texts by patterns, options one by one, and know nothing from null"
  )
  func filters() async throws {
    let environment = try await filled()
    func names(_ filter: RowQuery.Filter) async throws -> String {
      var query = RowQuery("t")
      query.columns = [Path("name")]
      query.order = [.init(Path("name"))]
      query.filter = filter
      return try await answer(query, environment).map { $0.dropFirst(5) }.joined(separator: " ")
    }
    #expect(try await names(.compare(Path("n"), .greaterOrEqual, .integer(1))) == "1 2 5 7")
    #expect(try await names(.isNull(Path("n"))) == "3 6")
    #expect(try await names(.not(.isNull(Path("n")))) == "1 2 4 5 7")
    #expect(try await names(.compare(Path("d"), .less, .text("2.3"))) == "1 2")
    #expect(try await names(.compare(Path("d"), .equal, .text("5.5"))) == "5")
    #expect(try await names(.like(Path("name"), "%\\_%")) == "")
    #expect(try await names(.like(Path("name"), "name _")) == "1 2 3 4 5 6 7")
    #expect(try await names(.holds(Path("m"), option: 1)) == "1 2 3 4 5 6 7")
    #expect(try await names(.holds(Path("m"), option: 7)) == "7")
    #expect(try await names(.isAmong(Path("n"), [.integer(0), .integer(3)])) == "4 7")
    #expect(
      try await names(.any([.isNull(Path("n")), .all([.compare(Path("n"), .equal, .integer(1))])]))
        == "1 3 5 6"
    )
    #expect(try await names(.compareColumns(Path("name"), .equal, Path("name"))) == "1 2 3 4 5 6 7")
    #expect(try await names(.all([])) == "1 2 3 4 5 6 7")
    #expect(try await names(.any([])) == "")
  }

  @Test(
    "Pages by cookie give every row once, in any order, with nothing in the column of the order"
  )
  func pages() async throws {
    let environment = try await filled()
    for isDescending in [false, true] {
      for size in 1...8 {
        var query = RowQuery("t")
        query.columns = [Path("name")]
        for others in [[], [RowQuery.Order(Path("m"))]] {
          // The last but one may be empty, too.
          let n = RowQuery.Order(Path("n"), isDescending: isDescending)
          query.order = others + [n, .init(Path("d"))]
          let whole = try await answer(query, environment)
          #expect(try await paged(query, by: size, environment) == whole)
        }
      }
    }
  }

  /// Names, page by page.
  private func paged(
    _ query: RowQuery,
    by size: Int,
    _ environment: TestEnvironment
  ) async throws -> [String] {
    var query = query
    query.rowsMax = size
    var seen: [String] = []
    while true {
      let current = query
      let page = try await environment.lifecycle.beneath.read { session in
        var page: [Row] = []
        try session.rows(current) { _, row in page.append(row) }
        return page
      }
      guard let last = page.last else { return seen }
      seen += page.map { if case .text(let name) = $0.values[0] { name } else { "" } }
      query.after = last.cookie
    }
  }

  @Test("Pages give every row once where decimals differ and are alike as floating-point numbers")
  func closeDecimals() async throws {
    let environment = try await filled()
    let close = (0..<6).map { "close \($0)|12345678901.000000000\(5 - $0)" }
    try await environment.write("name|d\n" + close.joined(separator: "\n"), into: "t")
    var query = RowQuery("t")
    query.columns = [Path("name")]
    query.order = [.init(Path("d")), .init(Path("name"))]
    for size in 1...3 {
      let whole = try await answer(query, environment)
      #expect(Set(whole).count == 13)
      #expect(try await paged(query, by: size, environment) == whole)
    }
  }

  @Test("Joins follow relationships, with or without a partner")
  func joins() async throws {
    let environment = try await filled()
    var query = RowQuery("u")
    query.columns = [Path("x"), Path("name", of: "parent")]
    query.order = [.init(Path("x"))]
    query.joins = [.init("parent", table: "t", column: "tid", to: Path("t"))]
    #expect(try await answer(query, environment) == ["a name 1", "b name 1", "c name 2", "d "])
    query.joins = [.init("parent", table: "t", column: "tid", to: Path("t"), isOuter: false)]
    #expect(try await answer(query, environment) == ["a name 1", "b name 1", "c name 2"])
  }

  @Test("Aggregates count, add up and group")
  func aggregates() async throws {
    let environment = try await filled()
    var query = RowQuery("t")
    query.aggregates = [
      .init(.count), .init(.count, Path("n")), .init(.countDistinct, Path("n")),
      .init(.sum, Path("n")), .init(.max, Path("d")), .init(.min, Path("name")),
      .init(.average, Path("n")),
    ]
    #expect(try await answer(query, environment) == ["7 5 4 7 7.7 name 1 1.4"])
    var groups = RowQuery("t")
    groups.groups = [Path("n")]
    groups.aggregates = [.init(.count)]
    groups.order = [.init(Path("n"), isDescending: true)]
    #expect(try await answer(groups, environment) == ["3 1", "2 1", "1 2", "0 1", " 2"])
  }

  @Test("WA-520 Rows are put together by parts of dates, weeks from Sunday on")
  func dateParts() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\nprimary t.name\ncolumn t.w datetime")
    // A leap year that begins on a Saturday, the year after, one that is none for its century, and one that is.
    var days: [CountedDay] = []
    for (year, start) in [(2000, 6), (2001, 1), (2100, 5), (2024, 1)] {
      days += CountedDay.all(of: year, startingOn: start)
    }
    let rows = days.map { "\($0.text)|\($0.text)T23:59:59Z" }
    try await environment.write("name|w\n" + rows.joined(separator: "\n") + "\nnever|", into: "t")
    for part in [DatePart.year, .quarter, .month, .week, .day] {
      var query = RowQuery("t")
      query.groups = [Path("w", part: part)]
      query.aggregates = [.init(.count)]
      query.order = [.init(Path("w", part: part))]
      var counts: [Int: Int] = [:]
      for day in days { counts[day.number(of: part), default: 0] += 1 }
      let expected = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      #expect(try await answer(query, environment) == [" 1"] + expected, "\(part)")
    }
  }

  @Test("A query that names what is not there says so")
  func unknown() async throws {
    let environment = try await filled()
    var query = RowQuery("t")
    query.columns = [Path("nope\" FROM data_u --")]
    await #expect(throws: QueryError.self) { try await answer(query, environment) }
    await #expect(throws: QueryError.self) { try await answer(RowQuery("nope"), environment) }
    query = RowQuery("t")
    query.order = [.init(Path("name", of: "x"))]
    await #expect(throws: QueryError.self) { try await answer(query, environment) }
  }
}

/// A day, counted from the start of its year.
private struct CountedDay {
  let year: Int
  let month: Int
  let day: Int
  /// From 1.
  let week: Int

  /// - Parameter weekday: of the first of January, Sunday being 0.
  static func all(of year: Int, startingOn weekday: Int) -> [CountedDay] {
    let isLeap = year % 400 == 0 || year % 4 == 0 && year % 100 != 0
    var (days, weekday, week): ([CountedDay], Int, Int) = ([], weekday, 1)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for (month, length) in lengths.enumerated() {
      for day in 1...length {
        days.append(CountedDay(year: year, month: month + 1, day: day, week: week))
        weekday = (weekday + 1) % 7
        if weekday == 0 { week += 1 }
      }
    }
    return days
  }

  var text: String {
    "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  func number(of part: DatePart) -> Int {
    switch part {
    case .year: year
    case .quarter: [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4][month - 1]
    case .month: month
    case .week: week
    case .day: day
    }
  }
}
