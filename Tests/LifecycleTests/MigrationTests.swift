import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Values that go from column to column: what goes, what comes back, and what is refused.
@Suite("Migration of rows", .everyBackend)
struct MigrationTests {
  private static let package = """
    X 1.0 by A
    table t
    column t.name nvarchar 20
    column t.a nvarchar 20
    column t.b nvarchar 20
    column t.n int
    column t.x float
    column t.f file
    column t.c picklist 1 2
    """

  private func filled(_ rows: String = "name|a|b\none|a1|b1\ntwo|a2|\nthree||b3") async throws
    -> TestEnvironment
  {
    let environment = try await TestEnvironment()
    try await environment.import(Self.package)
    try await environment.write(rows, into: "t")
    return environment
  }

  private func rollback(_ environment: TestEnvironment, _ number: Int) async throws -> Plan {
    try await environment.lifecycle.perform(.rollback(number), consent: .all).plan
  }

  private func trash(_ environment: TestEnvironment) async throws -> [String] {
    try await environment.lifecycle.ask(TrashQuestion(counting: true)).map {
      "\($0.component.key) \($0.origin.rawValue) \($0.count ?? -1)"
    }
  }

  private func refusal(
    _ environment: TestEnvironment,
    _ mappings: RowMapping...,
    isAgreed: Bool = true
  ) async -> String {
    do {
      let done = try await environment.lifecycle.migrateRows(
        "t",
        mappings,
        replaces: true,
        isAgreed: isAgreed
      )
      return "\(done.counts)"
    } catch {
      return "\(error)"
    }
  }

  private static let over = RowMapping(target: "b", source: "a")

  @Test(
    "strata.rows nothing is overwritten that nobody has agreed to, and what would be is counted"
  )
  func consent() async throws {
    let environment = try await filled()
    let error = await #expect(throws: RowsConsentMissing.self) {
      try await environment.lifecycle.migrateRows(
        "t",
        [Self.over],
        replaces: true,
        isAgreed: false
      )
    }
    #expect(
      error?.outcome
        == .moved([ValuesMoved(target: "b", source: "a", overwritten: 1, filled: 1)])
    )
    #expect(try await environment.text("t", "name", "b") == "one|b1\nthree|b3\ntwo|")
    // What only fills asks nobody.
    let filling = try await environment.lifecycle.migrateRows(
      "t",
      [Self.over],
      replaces: false,
      isAgreed: false
    )
    #expect(filling.counts == [1])
    #expect(try await environment.text("t", "name", "b") == "one|b1\nthree|b3\ntwo|a2")
  }

  @Test(
    "strata.rollback what a migration overwrote comes back, what it filled is emptied, and round again"
  )
  func roundAgain() async throws {
    let environment = try await filled()
    let before = try await environment.text("t", "name", "a", "b")
    _ = try await environment.lifecycle.migrateRows("t", [Self.over], replaces: true)
    let after = try await environment.text("t", "name", "a", "b")
    #expect(after == "one|a1|a1\nthree||b3\ntwo|a2|a2")
    #expect(try await trash(environment) == ["t.b overwritten 1"])
    let plan = try await environment.lifecycle.plan(.rollback(3))
    #expect(plan.turns.map(\.returning) == [1])
    #expect(plan.turns.map(\.emptied) == [1])
    _ = try await rollback(environment, 3)
    #expect(try await environment.text("t", "name", "a", "b") == before)
    #expect(try await trash(environment) == ["t.b taken-back 2"])
    let again = try await rollback(environment, 4)
    #expect(again.turns.map(\.returning) == [2])
    #expect(try await environment.text("t", "name", "a", "b") == after)
    _ = try await rollback(environment, 5)
    #expect(try await environment.text("t", "name", "a", "b") == before)
    #expect(try await environment.broken() == [])
  }

  @Test(
    "strata.rollback a row that was written since stays as it was written, whichever way it turns"
  )
  func writtenSince() async throws {
    let ids = ["one", "two"].map { PackageText.guid($0) }
    let environment = try await filled("tid|name|a|b\n\(ids[0])|one|a1|b1\n\(ids[1])|two|a2|b2")
    _ = try await environment.lifecycle.migrateRows("t", [Self.over], replaces: true)
    try await environment.write("tid|b\n\(ids[0])|mine", into: "t", mode: .upsert(key: nil))
    let plan = try await rollback(environment, 3)
    #expect(plan.turns.map(\.returning) == [1])
    #expect(try await environment.text("t", "name", "b") == "one|mine\ntwo|b2")
    // Written by hand to what it was before: still no value of the migration's.
    try await environment.write("tid|b\n\(ids[0])|b1", into: "t", mode: .upsert(key: nil))
    _ = try await rollback(environment, 5)
    #expect(try await environment.text("t", "name", "b") == "one|b1\ntwo|a2")
  }

  @Test("strata.trash what was overwritten is restored, and purged with consent or with its table")
  func trashed() async throws {
    let environment = try await filled()
    _ = try await environment.lifecycle.migrateRows("t", [Self.over], replaces: true)
    let number = try #require(
      try await environment.lifecycle.ask(TrashQuestion()).first?.id
    )
    let restored = try await environment.lifecycle.perform(.restoreTrash(number))
    #expect(restored.plan.turns.map(\.returning) == [1])
    #expect(try await environment.text("t", "name", "b") == "one|b1\nthree|b3\ntwo|")
    // A restore is taken back like anything.
    _ = try await rollback(environment, 4)
    #expect(try await environment.text("t", "name", "b") == "one|a1\nthree|b3\ntwo|a2")
    try await environment.lifecycle.perform(.purgeTrash([number]))
    #expect(try await trash(environment) == [])
    let plan = try await rollback(environment, 3)
    #expect(plan.turns == [])
    #expect(try await environment.text("t", "name", "b") == "one|a1\nthree|b3\ntwo|a2")
    #expect(try await environment.broken() == [])
  }

  @Test("strata.rollback a migration and the loss of its table are undone together")
  func tableGone() async throws {
    let environment = try await filled()
    let before = try await environment.text("t", "name", "a", "b")
    _ = try await environment.lifecycle.migrateRows("t", [Self.over], replaces: true)
    try await environment.import("X 2.0 by A\ntable u")
    _ = try await rollback(environment, 3)
    #expect(try await environment.text("t", "name", "a", "b") == before)
    _ = try await rollback(environment, 1)
    #expect(try await environment.broken() == [])
  }

  @Test("strata.rows all mappings read what was there before; a target is named once")
  func atOnce() async throws {
    let environment = try await filled("name|a|b\none|x|y")
    let swap = [Self.over, RowMapping(target: "a", source: "b")]
    #expect(
      try await environment.lifecycle.migrateRows("t", swap, replaces: true).counts == [1, 1]
    )
    #expect(try await environment.text("t", "a", "b") == "y|x")
    #expect(
      await refusal(environment, Self.over, RowMapping(target: "b", source: "name"))
        == "b is the target of two mappings"
    )
  }

  @Test(
    "strata.rows what the environment writes itself is no target",
    arguments: ["versionnumber", "modifiedon", "tid"]
  )
  func ownColumns(target: String) async throws {
    let environment = try await filled()
    let answer = await refusal(environment, RowMapping(target: target, source: "n"))
    #expect(answer == "\(target) is written by the environment")
  }

  @Test(
    "strata.rows columns that never fit are refused before a row is read",
    arguments: ["a=f", "n=f", "c=createdon", "createdon=n", "f=n", "createdby=n"]
  )
  func hopeless(mapping: String) async throws {
    let environment = try await filled("name|f\none|aGk=")
    let names = mapping.split(separator: "=").map(String.init)
    let answer = await refusal(environment, RowMapping(target: names[0], source: names[1]))
    #expect(answer.contains("no value of") || answer.contains("does not lead where"))
    #expect(!answer.contains("aGk="))
  }

  @Test("strata.rows a value in a message is cut at 60 characters, and each is told once")
  func longValues() async throws {
    let long = String(repeating: "x", count: 100)
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a nvarchar 200\ncolumn t.n int")
    try await environment.write("a\n\(long)\n\(long)\n1", into: "t")
    let answer = await refusal(environment, RowMapping(target: "n", source: "a"))
    #expect(answer.hasPrefix("2 values of a cannot go into n; nothing was changed:\n  “"))
    #expect(!answer.contains(String(repeating: "x", count: 61)))
    #expect(answer.contains("(100 characters)"))
  }

  @Test(
    "strata.rows null in a mapping is no value, a whole float is a whole number, and rows are chosen"
  )
  func mapping() async throws {
    let environment = try await filled("name|a|b|x\none|k|b1|2\ntwo|l|b2|3")
    let toNothing = RowMapping(target: "b", source: "a", values: ["k": nil])
    let request = RowRequest.migrating(
      "t",
      [toNothing, RowMapping(target: "n", source: "x")],
      where: { table in
        var query = RowQuery(table.name)
        query.filter = .compare(RowQuery.ColumnPath("name"), .equal, .text("one"))
        return query
      },
      replaces: true
    )
    let planned = try await environment.lifecycle.plan(request)
    #expect(try await environment.text("t", "name", "b", "n") == "one|b1|\ntwo|b2|")
    let done = try await environment.lifecycle.perform(request, by: .tester, isAgreed: true)
    #expect(done.outcome == planned)
    #expect(try await environment.text("t", "name", "b", "n") == "one||2\ntwo|b2|")
    #expect(try await environment.lifecycle.perform(request, by: .tester).operation == nil)
  }

  @Test("strata.rollback a key over values that come back is inactive where rows are alike now")
  func keys() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      "X 1.0 by A\ntable t\ncolumn t.a nvarchar 9\ncolumn t.b nvarchar 9\nkey t.k b"
    )
    try await environment.write("a|b\na1|b1", into: "t")
    _ = try await environment.lifecycle.migrateRows("t", [Self.over], replaces: true)
    try await environment.write("a|b\na2|b1", into: "t")
    let done = try await environment.lifecycle.perform(.rollback(3), consent: .all)
    #expect(done.warnings == ["the key t.k is not active: rows have equal values in b"])
    #expect(try await environment.text("t", "a", "b") == "a1|b1\na2|b1")
    #expect(try await environment.broken() == [])
  }

  @Test("strata.rows what is only planned leaves no trace")
  func rehearsed() async throws {
    let environment = try await filled()
    let all: @Sendable (Table) -> RowQuery = { RowQuery($0.name) }
    let requests: [RowRequest] = [
      .migrating("t", [Self.over], replaces: true),
      .deleting(from: "t", where: all),
      .importing(
        TextRows("name\nfour"),
        into: "t",
        mode: .insert,
        newID: { PackageText.guid("r") }
      ),
    ]
    let before = try await environment.text("t", "name", "a", "b", "versionnumber")
    for request in requests {
      let outcome = try await environment.lifecycle.plan(request)
      #expect(!outcome.isNothing)
      #expect(try await environment.text("t", "name", "a", "b", "versionnumber") == before)
    }
    #expect(try await environment.lifecycle.ask(EnvironmentQuestion()).revision == 2)
    #expect(try await trash(environment) == [])
    #expect(try await environment.broken() == [])
  }
}
