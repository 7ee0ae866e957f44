import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Rows where one would not look: other spellings, other names, other ends.
@Suite("Rows at the edges", .everyBackend)
struct RowEdgeTests {
  private static let one = PackageText.guid("one")
  private static let two = PackageText.guid("two")

  @Test("Moments stay within the calendar, and begin with the platform's first day")
  func years() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a nvarchar 9\ncolumn t.on datetime")
    try await environment.write("a|on\n1|1753-01-01\n2|9999-12-31T23:59:59Z", into: "t")
    #expect(
      try await environment.text("t", "a", "on") == "1|1753-01-01T00:00:00Z\n2|9999-12-31T23:59:59Z"
    )
    for text in ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+01:00"] {
      #expect(await environment.refusal("on\n\(text)", into: "t").contains("is no date"))
    }
    #expect(
      await environment.refusal("on\n1752-12-31T23:59:59Z", into: "t")
        .contains("is before 1753-01-01, the first day that is kept")
    )
  }

  @Test("RW-11 keys that differ only in how a letter is composed are one")
  func composed() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(RowTests.base)
    try await environment.write("tid|a\n\(Self.one)|caf\u{E9}", into: "t")
    try await environment.write("x|t.a\n1|caf\u{E9}\n2|cafe\u{301}", into: "u")
    #expect(try await environment.text("u", "x", "t") == "1|\(Self.one)\n2|\(Self.one)")
    #expect(
      await environment.refusal("a\ncafe\u{301}", into: "t").contains("another row has the same a")
    )
  }

  @Test("What a server has no room for in a key is told with its line, and a file takes it")
  func large() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a\nkey t.k a")
    // What repeats itself would be compressed.
    var generator = SeededGenerator(seed: 7)
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    let text = String((0..<4000).map { _ in letters[Int.random(in: 0..<36, using: &generator)] })
    let rows = "a\nshort\n\(text)\nother"
    guard environment.place.backend == .postgresql else {
      try await environment.write(rows, into: "t")
      return
    }
    let refusal = await environment.refusal(rows, into: "t")
    #expect(refusal.contains("line 3: the database takes no row of this size"), "\(refusal)")
    #expect(try await environment.text("t", "a") == "")
  }

  @Test("A lookup to several tables says which, and a type alone says nothing")
  func types() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a nvarchar 9\ncolumn t.c customer")
    try await environment.write("accountid|name\n\(Self.one)|Fabrikam", into: "account")
    #expect(
      await environment.refusal("a|c\nx|\(Self.one)", into: "t").contains("say which in c:type")
    )
    #expect(
      await environment.refusal("a|c:type\nx|contact", into: "t").contains(
        "the file needs that, too"
      )
    )
  }

  @Test("An empty id is a new one")
  func emptyID() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(RowTests.base)
    try await environment.write("tid|a\n\(Self.one)|k1", into: "t")
    try await environment.write("tid|a\n\(Self.one)|k2\n|k3", into: "t", mode: .upsert(key: nil))
    #expect(try await environment.text("t", "a") == "k2\nk3")
  }

  @Test("A mapping resolves labels and refuses what is no value; unique columns stay unique")
  func mapping() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      RowTests.base + "\ncolumn t.d picklist 1 2\ncolumn t.b nvarchar 10"
    )
    try await environment.write("a|b|c\nk1|same|1\nk2|same|2", into: "t")
    func migrate(_ mapping: RowMapping) async throws {
      _ = try await environment.lifecycle.migrateRows("t", [mapping], replaces: true)
    }
    try await migrate(RowMapping(target: "d", source: "c", values: ["o1": "2", "2": "o1"]))
    #expect(try await environment.text("t", "a", "d") == "k1|2\nk2|1")
    await #expect(throws: RowsRefused.self) {
      try await migrate(RowMapping(target: "d", source: "c", values: ["missing": "1"]))
    }
    let error = await #expect(throws: RowsRefused.self) {
      try await migrate(RowMapping(target: "a", source: "b"))
    }
    #expect(error?.description.contains("rows would have equal values") == true)
  }

  @Test("Pairs in the trash do not come back between other tables")
  func otherPairs() async throws {
    let environment = try await TestEnvironment()
    let tables = "table a\ntable b\ntable e"
    try await environment.import("X 1.0 by A\n\(tables)\nmany ab a b")
    try await environment.write("aid\n\(Self.one)", into: "a")
    try await environment.write("bid\n\(Self.one)", into: "b")
    try await environment.write("aid|bid\n\(Self.one)|\(Self.one)", into: "ab")
    let dropped = try await environment.import("X 1.1 by A\n\(tables)")
    #expect(dropped.plan.changes.first { $0.name == "ab" }?.dataLoss?.rows == 1)
    try await environment.import("X 1.2 by A\n\(tables)\nmany ab a e")
    let number = try #require(
      try await environment.lifecycle.beneath.read { try $0.trash().first?.id }
    )
    let plan = try await environment.lifecycle.plan(.restoreTrash(number))
    #expect(plan.findings.map(\.code) == [RelationshipRedirected.kind.code])
  }

  @Test(
    "Two components do not keep their rows in one table",
    arguments: [
      ["X 1.0 by A\ntable a\ntable account_a\nmany account_a a account"],
      ["X 1.0 by A\ntable a\ntable b\nmany ab a b", "Y 1.0 by B\ntable ab"],
      ["X 1.0 by A\ntable a\nmany account a account"],
    ]
  )
  func oneTable(packages: [String]) async throws {
    let environment = try await TestEnvironment()
    for package in packages.dropLast() { try await environment.import(package) }
    let last = try #require(packages.last)
    let error = await #expect(throws: LifecycleError.self) { try await environment.import(last) }
    guard case .refused(let plan)? = error else { return #expect(Bool(false), "\(error as Any)") }
    #expect(plan.findings.contains { $0.code == TableNameShared.kind.code })
    #expect(try await environment.broken() == [])
  }

  @Test("What the system brings is not lost with a solution's layer over it")
  func systemColumns() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      "X 1.0 by A\ntable t\nshell contact\ncolumn contact.lastname nvarchar 50\ncolumn contact.n nvarchar 9"
    )
    try await environment.write("lastname|n\nSmith|1", into: "contact")
    let done = try await environment.import("X 1.1 by A\ntable t")
    let losses = done.plan.changes.compactMap { change in
      change.dataLoss.map { "\(change.name) \($0.values ?? -1)" }
    }
    #expect(losses == ["contact.n 1"])
    #expect(try await environment.text("contact", "lastname") == "Smith")
  }

  @Test(
    "PF-420 names that are no logical names are refused before anything is made",
    arguments: ["table t\ncolumn t.x~7", "table t~1", "table täg"]
  )
  func logicalNames(text: String) async throws {
    let environment = try await TestEnvironment()
    let archive = try TestEnvironment.archive("X 1.0 by A\n\(text)")
    let plan = try await environment.lifecycle.plan(.importing([archive], PlanOptions()))
    #expect(plan.findings.contains { $0.code == InvalidLogicalName.kind.code })
    #expect(!plan.isApplicable)
  }

  @Test("PF-420 columns called as the database calls its own keep their values like any other")
  func databaseWords() async throws {
    let environment = try await TestEnvironment()
    let columns = "column t.oid nvarchar 9\ncolumn t.rowid int\ncolumn t._rowid_ int"
    try await environment.import("X 1.0 by A\ntable t\n\(columns)\nkey t.k oid")
    try await environment.write("oid|rowid|_rowid_\nb|7|1\na|5|2", into: "t")
    try await environment.write("oid|rowid\na|6", into: "t", mode: .upsert(key: "k"))
    let rows = "a|6|2\nb|7|1"
    #expect(try await environment.text("t", "oid", "rowid", "_rowid_") == rows)
    // They come late, go and come back like any other.
    try await environment.import("Y 1.0 by B\ntable u")
    try await environment.import("Y 1.1 by B\ntable u\ncolumn u.oid int")
    try await environment.write("oid\n3", into: "u")
    let next = try TestEnvironment.archive("X 1.1 by A\ntable t")
    let plan = try await environment.lifecycle.plan(.importing([next], PlanOptions()))
    let lost = plan.changes.filter { $0.action == .delete && $0.dataLoss != nil }
    #expect(lost.map(\.dataLoss) == lost.map { _ in DataLoss(rows: nil, values: 2) })
    let dropped = try await environment.import("X 1.1 by A\ntable t")
    try await environment.lifecycle.perform(
      .rollback(try #require(dropped.operation)),
      consent: .all
    )
    #expect(try await environment.text("t", "oid", "rowid", "_rowid_") == rows)
    #expect(try await environment.text("u", "oid") == "3")
  }

  @Test(
    "PF-420 keys called as the database calls its rows: tables o and row, their pairs, moves, trash and rollbacks"
  )
  func databaseKeys() async throws {
    let environment = try await TestEnvironment()
    let package = """
      table o
      column o.a nvarchar 9
      column o.b nvarchar 9
      column o.select nvarchar 9
      column o.up lookup
      relationship r o.up -> row
      table row
      column row.order int
      many orow o row
      """
    try await environment.import("X 1.0 by A\n\(package)")
    let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
    try await environment.write("rowid|order\n\(two)|7", into: "row")
    try await environment.write("oid|a|select|up\n\(one)|x|s|\(two)", into: "o")
    try await environment.write("oid|a\n\(one)|y", into: "o", mode: .upsert(key: nil))
    try await environment.write("oid|rowid\n\(one)|\(two)", into: "orow")
    let rows = "\(one)|y|s|\(two)"
    #expect(try await environment.text("o", "oid", "a", "select", "up") == rows)
    #expect(try await environment.text("orow", "oid", "rowid") == "\(one)|\(two)")
    #expect(await environment.refusal("oid|rowid\n\(one)|\(two)", into: "orow").contains("same"))
    #expect(try await environment.broken() == [])
    // A move takes what it overwrites into reserve by the key.
    try await environment.write("oid|b\n\(one)|old", into: "o", mode: .upsert(key: nil))
    let move = RowMapping(target: "b", source: "a")
    let moved = try await environment.lifecycle.migrateRows("o", [move], replaces: true)
    #expect(moved.counts == [1])
    #expect(try await environment.text("o", "oid", "b") == "\(one)|y")
    let revision = try await environment.lifecycle.ask(EnvironmentQuestion()).revision
    try await environment.lifecycle.perform(.rollback(revision), consent: .all)
    #expect(try await environment.text("o", "oid", "b") == "\(one)|old")
    // Dropped and back, with what leads to them.
    let dropped = try await environment.import("X 1.1 by A\ntable z")
    let trash = try await environment.lifecycle.ask(TrashQuestion(counting: true))
    #expect(Set(trash.filter { $0.component.type == .entity }.map { $0.count ?? -1 }) == [1])
    try await environment.lifecycle.perform(
      .rollback(try #require(dropped.operation)),
      consent: .all
    )
    #expect(try await environment.text("o", "oid", "a", "select", "up") == rows)
    #expect(try await environment.text("orow", "oid", "rowid") == "\(one)|\(two)")
    #expect(try await environment.broken() == [])
  }

  @Test("PF-411 a virtual table takes no rows: they are the other system's")
  func virtualTable() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      "X 1.0 by A\ntable v\nfacts v <DataProviderId>{\(Self.one)}</DataProviderId>\ncolumn v.a"
    )
    #expect(await environment.refusal("a\nx", into: "v").contains("the table v is virtual"))
  }
}
