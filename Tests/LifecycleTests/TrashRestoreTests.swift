import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// What lies in the trash is read, and comes back as far as it fits.
@Suite("The trash is read and partly restored")
struct TrashRestoreTests {
  private static let table = "table t\ncolumn t.a nvarchar 10\ncolumn t.n nvarchar 9"

  /// A table with two rows that went: entry 1.
  private func gone() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\n\(Self.table)")
    try await environment.write("a|n\none|1\ntwo|", into: "t")
    try await environment.import("X 1.1 by A\ntable u")
    return environment
  }

  private func entries(_ environment: TestEnvironment) async throws -> [String] {
    try await environment.lifecycle.ask(TrashQuestion(counting: true)).map {
      "\($0.id) \($0.component.key) \($0.count ?? -1)"
    }
  }

  private func page(_ environment: TestEnvironment, _ number: Int) async throws -> [String] {
    let question = RowsQuestion(in: .trash(number)) { table in
      var query = RowQuery(table.name)
      query.order = [RowQuery.Order(RowQuery.ColumnPath("a"))]
      return query
    }
    let page = try await environment.lifecycle.ask(question)
    return page.rows.map { row in
      zip(page.header.columns, row.values).filter { ["a", "n"].contains($0.0.path.column) }
        .map { $0.column.text(of: $1) }.joined(separator: "|")
    }
  }

  @Test("RW-51 what lies in the trash is read with the columns that it had")
  func read() async throws {
    let environment = try await gone()
    #expect(try await page(environment, 1) == ["one|1", "two|"])
    let content = try await environment.lifecycle.ask(
      TrashContentQuestion(of: 1) { table, _ in RowQuery(table.name) }
    )
    #expect(content.columns.first { $0.column.name == "n" }?.values == 1)
    #expect(content.columns.first { $0.column.name == "n" }?.column.type.title == "text")
  }

  @Test("RW-51 of a column the id, the name and the value are read, as an upsert takes them")
  func column() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\n\(Self.table)")
    try await environment.write("a|n\none|1\ntwo|", into: "t")
    try await environment.import("X 1.1 by A\ntable t\ncolumn t.a nvarchar 10")
    let number = try #require(try await environment.lifecycle.ask(TrashQuestion()).first?.id)
    #expect(try await page(environment, number) == ["1"])
    let question = EveryRowQuestion(
      in: .trash(number),
      query: { RowQuery($0.name) },
      taking: { header, rows in
        #expect(header.columns.map(\.path.column) == ["tid", "n"])
        var count = 0
        try rows { _ in count += 1 }
        return count
      }
    )
    #expect(try await environment.lifecycle.ask(question) == 1)
  }

  @Test("RW-51 what a migration overwrote is read; what it filled is not")
  func move() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\n\(Self.table)")
    try await environment.write("a|n\none|1\ntwo|", into: "t")
    let mapping = RowMapping(target: "n", source: "a")
    _ = try await environment.lifecycle.migrateRows("t", [mapping], replaces: true)
    let number = try #require(try await environment.lifecycle.ask(TrashQuestion()).first?.id)
    let question = RowsQuestion(in: .trash(number)) { RowQuery($0.name) }
    let page = try await environment.lifecycle.ask(question)
    #expect(page.header.columns.map(\.path.column) == ["tid", "n"])
    #expect(page.rows.map { $0.values[1] } == [.text("1")])
  }

  @Test(
    "RW-22 a table comes back with every column that fits; the rest stays, under its own number"
  )
  func partly() async throws {
    let environment = try await gone()
    var options = PlanOptions()
    options.dropped = .left(Trashed())
    try await environment.import(
      "X 1.2 by A\ntable u\ntable t\ncolumn t.a nvarchar 10\ncolumn t.n int",
      options: options
    )
    let before = try await entries(environment)
    let done = try await environment.lifecycle.perform(.restoreTrash(1))
    let finding = try #require(done.plan.findings.first { $0.code == DataStays.kind.code })
    #expect(finding.message.contains("of the type text, and it is of the type whole number now"))
    #expect(finding.because == ["1 value in entry 3"])
    #expect(try await environment.text("t", "a", "n") == "one|\ntwo|")
    #expect(try await entries(environment).contains("3 t.n 1"))
    #expect(try await page(environment, 3) == ["1"])
    #expect(try await environment.broken() == [])
    let restore = try await environment.lifecycle.beneath.read { try $0.environment().revision }
    try await environment.lifecycle.perform(.rollback(restore), consent: .all)
    #expect(try await entries(environment) == before)
    #expect(try await environment.broken() == [])
  }

  @Test("RW-22 a column that is nowhere any more stays, and the rest of its table comes back")
  func missing() async throws {
    let environment = try await gone()
    var options = PlanOptions()
    options.dropped = .left(Trashed())
    try await environment.import(
      "X 1.2 by A\ntable u\ntable t\ncolumn t.a nvarchar 10",
      options: options
    )
    let done = try await environment.lifecycle.perform(.restoreTrash(1))
    #expect(done.plan.findings.contains { $0.message.hasSuffix("the column is not there") })
    #expect(try await environment.text("t", "a") == "one\ntwo")
    #expect(try await entries(environment).contains("3 t.n 1"))
  }

  @Test("RW-22 several numbers are one operation, and one that is not there is none")
  func several() async throws {
    let environment = try await TestEnvironment()
    let both = "\(Self.table)\ntable u\ncolumn u.b nvarchar 10"
    try await environment.import("X 1.0 by A\n\(both)")
    try await environment.write("a|n\none|1", into: "t")
    try await environment.write("b\nx", into: "u")
    try await environment.import(
      "X 1.1 by A\ntable t\ncolumn t.a nvarchar 10\ntable u"
    )
    var options = PlanOptions()
    options.dropped = .left(Trashed())
    try await environment.import("X 1.2 by A\n\(both)", options: options)
    let numbers = try await environment.lifecycle.ask(TrashQuestion()).map(\.id)
    #expect(numbers.count == 2)
    await #expect(throws: StoreError.noSuchTrash(99)) {
      try await environment.lifecycle.perform(.restoreTrash(numbers + [99]))
    }
    #expect(try await environment.text("t", "n") == "")
    let done = try await environment.lifecycle.perform(.restoreTrash(numbers))
    #expect(done.operation == 6)
    #expect(try await environment.text("t", "n") == "1")
    #expect(try await environment.text("u", "b") == "x")
    #expect(try await environment.broken() == [])
  }

  @Test("RW-53 a rollback counts what comes back, and lookups whose rows are gone")
  func back() async throws {
    let environment = try await TestEnvironment()
    let tables =
      "table t\ncolumn t.a nvarchar 10\ncolumn t.u lookup\nrelationship r t.u -> u\ntable u"
    try await environment.import("X 1.0 by A\n\(tables)")
    let id = PackageText.guid("row")
    try await environment.write("uid\n\(id)", into: "u")
    try await environment.write("a|u\none|\(id)\ntwo|", into: "t")
    try await environment.import("X 1.1 by A\ntable u")
    _ = try await environment.lifecycle.deleteRows(
      from: "u",
      where: { RowQuery($0.name) },
      isAgreed: true
    )
    let plan = try await environment.lifecycle.plan(.rollback(4))
    func back(_ id: ComponentID) -> DataLoss? {
      plan.changes.first { $0.id == id }?.dataReturn
    }
    #expect(back(.entity("t")) == DataLoss(rows: 2, values: nil))
    #expect(back(.attribute("t", "u")) == DataLoss(rows: nil, values: 1))
    let finding = try #require(plan.findings.first { $0.code == LookupsReturn.kind.code })
    #expect(finding.because == ["1 value to no row"])
    try await environment.lifecycle.perform(.rollback(4), consent: .all)
    #expect(try await environment.broken() == [])
  }

  @Test("RW-53 pairs that come back to rows that are gone are told")
  func pairs() async throws {
    let environment = try await TestEnvironment()
    let tables = "table t\ncolumn t.a nvarchar 10\ntable u\ncolumn u.b nvarchar 10"
    try await environment.import("X 1.0 by A\n\(tables)\nmany m t u")
    let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
    try await environment.write("tid|a\n\(one)|x\n\(two)|y", into: "t")
    try await environment.write("uid|b\n\(one)|x", into: "u")
    try await environment.write("tid|uid\n\(one)|\(one)\n\(two)|\(one)", into: "m")
    try await environment.import("X 1.1 by A\n\(tables)")
    func told() async throws -> Finding? {
      try await environment.lifecycle.plan(.rollback(5)).findings
        .first { $0.code == PairsReturn.kind.code }
    }
    #expect(try await told() == nil)
    _ = try await environment.lifecycle.deleteRows(
      from: "t",
      where: {
        var query = RowQuery($0.name)
        query.filter = .compare(RowQuery.ColumnPath("a"), .equal, .text("y"))
        return query
      },
      isAgreed: true
    )
    #expect(try await told()?.because == ["1 pair without one of its rows"])
    // Where the tables come back as well, their rows are looked for in the trash.
    try await environment.import("X 1.2 by A\ntable other")
    #expect(try await told()?.because == ["1 pair without one of its rows"])
    try await environment.lifecycle.perform(.rollback(5), consent: .all)
    #expect(try await environment.text("m", "tid", "uid").split(separator: "\n").count == 2)
  }

  @Test("RW-53 lookups whose rows are there are not told")
  func led() async throws {
    let environment = try await TestEnvironment()
    let tables =
      "table t\ncolumn t.a nvarchar 10\ncolumn t.u lookup\nrelationship r t.u -> u\ntable u"
    try await environment.import("X 1.0 by A\n\(tables)")
    let id = PackageText.guid("row")
    try await environment.write("uid\n\(id)", into: "u")
    try await environment.write("a|u\none|\(id)", into: "t")
    let x = try #require(SolutionName("X"))
    try await environment.lifecycle.perform(.uninstall(x), consent: .all)
    let plan = try await environment.lifecycle.plan(.rollback(4))
    #expect(!plan.findings.contains { $0.code == LookupsReturn.kind.code })
  }

  @Test(
    "RW-53 migrations of one column that are taken back together are counted one after the other"
  )
  func chain() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\n\(Self.table)\ncolumn t.m nvarchar 9")
    try await environment.write("a|n|m\none|1|x\ntwo|2|\nsix||", into: "t")
    for source in ["a", "m"] {
      let mapping = RowMapping(target: "n", source: source)
      _ = try await environment.lifecycle.migrateRows("t", [mapping], replaces: true)
    }
    let plan = try await environment.lifecycle.plan(.rollback(3))
    #expect(plan.turns.map(\.returning) == [1, 2])
    #expect(plan.turns.map(\.emptied) == [0, 1])
    try await environment.lifecycle.perform(.rollback(3), consent: .all)
    #expect(try await environment.text("t", "a", "n") == "one|1\nsix|\ntwo|2")
  }

  @Test("RW-11 a key that goes takes along what its texts compared by")
  func folded() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\n\(Self.table)\nkey t.k a")
    try await environment.write("a|n\none|1", into: "t")
    func columns() async throws -> String {
      let file = environment.path
      let script =
        "import sqlite3, sys; print(*[c[1] for c in sqlite3.connect(sys.argv[1]).execute('PRAGMA table_info(data_t)')])"
      return try #require(Program.run("python3", ["-c", script, file])).output
    }
    #expect(try await columns().contains("a:folded"))
    try await environment.import("X 1.1 by A\n\(Self.table)")
    #expect(try await !columns().contains(":folded"))
    try await environment.lifecycle.perform(.rollback(3), consent: .all)
    #expect(try await columns().contains("a:folded"))
    #expect(await environment.refusal("a\nONE", into: "t").contains("another row has the same a"))
    #expect(try await environment.broken() == [])
  }
}
