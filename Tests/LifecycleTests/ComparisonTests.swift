import EnvironmentSupport
import Lifecycle
import SQL
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Texts and dates as the platform compares them, in questions and in keys.
@Suite("Comparing rows")
struct RowComparisonTests {
  private static let base =
    "X 1.0 by A\ntable t\nprimary t.name\ncolumn t.a nvarchar 20\ncolumn t.on datetime"
  private static let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
  private static let a = RowQuery.ColumnPath("a")

  private func environment() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base)
    try await environment.write("name|a\n1|Cafe\n2|cafe\n3|Caf\u{E9}\n4|Tea\n5|", into: "t")
    return environment
  }

  private func names(
    _ environment: TestEnvironment,
    _ change: @escaping @Sendable (inout RowQuery) -> Void
  ) async throws -> String {
    try await environment.lifecycle.beneath.read { reader in
      var query = RowQuery("t")
      query.columns = [RowQuery.ColumnPath("name")]
      change(&query)
      if query.order.isEmpty, query.groups.isEmpty {
        query.order = [RowQuery.Order(RowQuery.ColumnPath("name"))]
      }
      var found: [String] = []
      try reader.rows(query) { header, row in
        found.append(
          zip(header.columns, row.values).map { $0.column.text(of: $1) }.joined(separator: ":")
        )
      }
      return found.joined(separator: " ")
    }
  }

  @Test("RW-11 every comparison of texts is the platform's", arguments: [false, true])
  func questions(isKeyed: Bool) async throws {
    let environment = try await environment()
    // A key that is not active has what texts compare by beside them all the same.
    if isKeyed { try await environment.import("X 1.1 by A\n\(Self.base.dropFirst(11))\nkey t.k a") }
    let a = Self.a
    func found(_ filter: RowQuery.Filter) async throws -> String {
      try await names(environment) { $0.filter = filter }
    }
    #expect(try await found(.compare(a, .equal, .text("CAFE"))) == "1 2 3")
    #expect(try await found(.compare(a, .notEqual, .text("CAF\u{C9} "))) == "4")
    #expect(try await found(.compare(a, .less, .text("D"))) == "1 2 3")
    #expect(try await found(.compare(a, .greaterOrEqual, .text("TEA"))) == "4")
    #expect(try await found(.isAmong(a, [.text("TEA"), .text("caf\u{E9}")])) == "1 2 3 4")
    #expect(try await found(.like(a, "CAF\u{C9}")) == "1 2 3")
    #expect(try await found(.like(a, "%F_")) == "1 2 3")
    #expect(try await found(.compareColumns(a, .equal, a)) == "1 2 3 4")
    let distinct = try await names(environment) {
      $0.columns = [a]
      $0.isDistinct = true
      $0.order = [RowQuery.Order(a)]
    }
    #expect(distinct == " Cafe Tea")
    let groups = try await names(environment) {
      $0.groups = [a]
      $0.aggregates = [RowQuery.Aggregate(.count)]
      $0.order = [RowQuery.Order(a, isDescending: true)]
    }
    #expect(groups == "Tea:1 Cafe:3 :1")
    let counted = try await names(environment) {
      $0.aggregates = [RowQuery.Aggregate(.countDistinct, a)]
    }
    #expect(counted == "2")
  }

  @Test("RW-11 pages over texts that are equal neither repeat a row nor leave one out")
  func pages() async throws {
    let environment = try await environment()
    for isDescending in [false, true] {
      var found: Set<String> = []
      var cookie: RowQuery.Cookie?
      for _ in 1...6 {
        let after = cookie
        let rows = try await environment.lifecycle.beneath.read { reader in
          var query = RowQuery("t")
          query.columns = [RowQuery.ColumnPath("name")]
          query.order = [RowQuery.Order(Self.a, isDescending: isDescending)]
          query.rowsMax = 1
          query.after = after
          var rows: [Row] = []
          try reader.rows(query) { rows.append($1) }
          return rows
        }
        guard let row = rows.first, case .text(let name) = row.values[0] else { break }
        #expect(found.insert(name).inserted)
        cookie = row.cookie
      }
      #expect(found == ["1", "2", "3", "4", "5"])
    }
  }

  @Test(
    "RW-11 a key keeps apart, finds and changes by what texts compare by, and gives back what was written"
  )
  func keys() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(RowTests.base)
    try await environment.write("tid|a\n\(Self.one)|K\u{E9}1", into: "t")
    #expect(await environment.refusal("a\nke1", into: "t").contains("another row has the same a"))
    try await environment.write("x|t.a\nfirst|KE1", into: "u")
    #expect(try await environment.text("u", "x", "t") == "first|\(Self.one)")
    try await environment.write("a|n\nkE1|7", into: "t", mode: .upsert(key: "k"))
    #expect(try await environment.text("t", "a", "n") == "K\u{E9}1|7")
    #expect(
      await environment.refusal("a|n\nx1|1\nX1|2", into: "t", mode: .upsert(key: "k"))
        .contains("line 3: X1 stands in line 2, too")
    )
    // By id the text itself changes, and what it compares by with it.
    try await environment.write("tid|a\n\(Self.one)|other", into: "t", mode: .upsert(key: nil))
    try await environment.write("a\nKe1", into: "t")
    #expect(await environment.refusal("a\nOTHER", into: "t").contains("another row has the same a"))
    #expect(try await environment.broken() == [])
  }

  @Test("RW-11 a migration and a column out of the trash keep the key's order")
  func writers() async throws {
    let environment = try await TestEnvironment()
    let package = RowTests.base + "\ncolumn t.b nvarchar 10"
    try await environment.import(package)
    try await environment.write("a|b\nk1|N1\nk2|n2", into: "t")
    _ = try await environment.lifecycle.migrateRows(
      "t",
      [RowMapping(target: "a", source: "b")],
      replaces: true
    )
    #expect(await environment.refusal("a\nn1", into: "t").contains("another row has the same a"))
    try await environment.write("a\nK1", into: "t")
    _ = try await environment.import("X 1.1 by A\ntable t\nprimary t.name\ntable u")
    try await environment.lifecycle.perform(.rollback(5), consent: .all)
    #expect(await environment.refusal("a\nN2", into: "t").contains("another row has the same a"))
    #expect(try await environment.broken() == [])
  }

  @Test(
    "RW-11 a plan counts the rows that are equal under a key that it brings; the key is not active then"
  )
  func warned() async throws {
    let environment = try await environment()
    let package = "X 1.1 by A\n\(Self.base.dropFirst(11))\nkey t.k a"
    let plan = try await environment.lifecycle.plan(
      .importing([try TestEnvironment.archive(package)], PlanOptions())
    )
    let finding = try #require(plan.findings.first { $0.code == KeyOverEqualRows.kind.code })
    #expect(finding.message.hasPrefix("3 rows are equal in a, so"))
    #expect(finding.because.contains("the first of them: Cafe"))
    let done = try await environment.import(package)
    #expect(done.warnings == ["the key t.k is not active: rows have equal values in a"])
    #expect(try await environment.broken() == [])
  }

  @Test("RW-11 no key of another table, and no row, is told of")
  func silent() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base)
    try await environment.write("name|a\n1|x\n2|y\n3|\n4|", into: "t")
    let done = try await environment.import("X 1.1 by A\n\(Self.base.dropFirst(11))\nkey t.k a")
    #expect(!done.plan.findings.contains { $0.code == KeyOverEqualRows.kind.code })
    #expect(done.warnings == [])
  }

  @Test(
    "RW-11 an environment of before: keys over rows that are equal now are not active, said once"
  )
  func before() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(RowTests.base + "\nkey u.l x")
    try await environment.write("a\nTea", into: "t")
    try await environment.write("x\nTea", into: "u")
    // As the release before left it: unique by bytes, nothing beside the texts.
    for statement in [
      "DROP INDEX \"key_t.k~1\"", "DROP INDEX \"key_u.l~2\"",
      "ALTER TABLE data_t DROP COLUMN \"a:folded\"", "ALTER TABLE data_u DROP COLUMN \"x:folded\"",
    ] {
      try environment.damage(try await indexed(statement, environment))
    }
    try environment.age(to: 10)
    try environment.damage(
      "INSERT INTO data_t (tid, a, versionnumber) VALUES ('\(Self.two)', 'TEA', 2)"
    )
    try environment.damage("CREATE UNIQUE INDEX \"old\" ON data_t (a)")
    let opened = try await environment.reopened()
    #expect(opened.notices == ["the key t.k is not active: rows have equal values in a"])
    #expect(try await environment.reopened().notices == [])
    #expect(try await environment.text("t", "a").lowercased() == "tea\ntea")
    #expect(await environment.refusal("x\ntea", into: "u").contains("another row has the same x"))
  }

  /// With the name that the database gave the index.
  private func indexed(_ statement: String, _ environment: TestEnvironment) async throws -> String {
    guard statement.hasPrefix("DROP INDEX") else { return statement }
    let key = statement.contains("t.k") ? "t.k" : "u.l"
    let table = "data_\(key.prefix(1))"
    let names = try await environment.lifecycle.beneath.database.read { try $0.indexes(of: table) }
    let name = try #require(names.first { $0.hasPrefix("key_\(key)") })
    return "DROP INDEX \"\(name)\""
  }

  @Test("RW-12 moments that became days are shown, found, ordered and told apart by their day")
  func days() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base)
    try await environment.write(
      "name|on\n1|2026-01-31\n2|2026-01-31T12:00:00Z\n3|2026-01-31T23:59:59Z\n4|2026-02-01T00:00:01Z",
      into: "t"
    )
    let days =
      "X 1.1 by A\ntable t\nprimary t.name\ncolumn t.a nvarchar 20\nattribute t <attribute PhysicalName=\"on\">"
      + "<Type>datetime</Type><LogicalName>on</LogicalName><IsCustomizable>1</IsCustomizable><Behavior>2</Behavior></attribute>"
    let done = try await environment.import(days)
    let finding = try #require(done.plan.findings.first { $0.code == MomentsBecomeDays.kind.code })
    #expect(finding.severity == .warning)
    #expect(finding.because.contains("4 values hold a time of day"))
    #expect(finding.because.contains("3 of them are not midnight"))
    let on = RowQuery.ColumnPath("on")
    for (comparison, expected) in [
      (RowQuery.Comparison.equal, "1 2 3"), (.lessOrEqual, "1 2 3"), (.greater, "4"), (.less, ""),
      (.notEqual, "4"), (.greaterOrEqual, "1 2 3 4"),
    ] {
      let found = try await names(environment) {
        $0.filter = .compare(on, comparison, .text("2026-01-31"))
      }
      #expect(found == expected, "\(comparison)")
    }
    let distinct = try await names(environment) {
      $0.columns = [on]
      $0.isDistinct = true
      $0.order = [RowQuery.Order(on)]
    }
    #expect(distinct == "2026-01-31 2026-02-01")
    #expect(try await environment.text("t", "name", "on").hasPrefix("1|2026-01-31\n2|2026-01-31\n"))
  }
}
