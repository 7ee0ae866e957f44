import EnvironmentSupport
import Lifecycle
import SQL
import Solutions
import TestSupport
import Testing

@testable import SolutionStore

/// What comes out of the trash meets what is there now: other values, other types, keys, rollbacks.
@Suite("Trash and keys", .everyBackend)
struct TrashTests {
  private static let both = """
    table t
    column t.a nvarchar 10
    column t.n int
    key t.k n
    """
  private static let without = "table t\ncolumn t.a nvarchar 10"

  /// Dropped and made anew: `a|n` was `k1|1`, is `k1|`; the values of then lie in the trash.
  private func remade(_ environment: TestEnvironment) async throws -> Incarnation.ID {
    try await environment.import("X 1.0 by A\n\(Self.both)")
    try await environment.write("a|n\nk1|1", into: "t")
    try await environment.import("X 1.1 by A\n\(Self.without)")
    try await environment.import("X 1.2 by A\n\(Self.both)")
    return try await number(environment)
  }

  private func number(_ environment: TestEnvironment) async throws -> Incarnation.ID {
    try #require(try await environment.lifecycle.beneath.read { try $0.trash().first?.id })
  }

  @Test("A rollback over a restore from the trash takes it back, and its own rollback repeats it")
  func rollbackOverRestore() async throws {
    let environment = try await TestEnvironment()
    let number = try await remade(environment)
    try await environment.write("a|n\nk2|2", into: "t")
    try await environment.lifecycle.perform(.restoreTrash(number))
    #expect(try await environment.text("t", "a", "n") == "k1|1\nk2|")
    let restore = try await environment.lifecycle.beneath.read { try $0.environment().revision }
    try await environment.lifecycle.perform(.rollback(restore), consent: .all)
    #expect(try await environment.text("t", "a", "n") == "k1|\nk2|2")
    #expect(try await environment.broken() == [])
    try await environment.lifecycle.perform(.rollback(restore + 1), consent: .all)
    #expect(try await environment.text("t", "a", "n") == "k1|1\nk2|")
    #expect(try await environment.broken() == [])
  }

  @Test("A rollback over the restore of a whole table keeps the keys of both")
  func rollbackOverTable() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\n\(Self.both)")
    try await environment.write("a|n\nold|1", into: "t")
    let x = try #require(SolutionName("X"))
    try await environment.lifecycle.perform(.uninstall(x), consent: .all)
    try await environment.import("X 1.0 by A\n\(Self.both)")
    try await environment.write("a|n\nnew|1", into: "t")
    try await environment.lifecycle.perform(.restoreTrash(try await number(environment)))
    #expect(try await environment.text("t", "a", "n") == "old|1")
    #expect(await environment.refusal("n\n1", into: "t").contains("another row has the same n"))
    let restore = try await environment.lifecycle.beneath.read { try $0.environment().revision }
    try await environment.lifecycle.perform(.rollback(restore), consent: .all)
    #expect(try await environment.text("t", "a", "n") == "new|1")
    #expect(await environment.refusal("n\n1", into: "t").contains("another row has the same n"))
    #expect(try await environment.broken() == [])
  }

  @Test("A key guards the values that are there, whichever come out of the trash")
  func keyFollows() async throws {
    let environment = try await TestEnvironment()
    let number = try await remade(environment)
    try await environment.lifecycle.perform(.restoreTrash(number))
    #expect(await environment.refusal("n\n1", into: "t").contains("another row has the same n"))
    try await environment.write("a|n\nk2|2", into: "t", mode: .upsert(key: "k"))
    try await environment.lifecycle.perform(.rollback(3), consent: .all)
    #expect(await environment.refusal("n\n2", into: "t").contains("another row has the same n"))
    #expect(try await environment.text("t", "a", "n") == "k1|1\nk2|2")
    #expect(try await environment.broken() == [])
  }

  @Test("LC-500 values of one type do not come back into a column of another")
  func otherType() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\n\(Self.without)\ncolumn t.n nvarchar 9")
    try await environment.write("a|n\nk1|text", into: "t")
    try await environment.import("X 1.1 by A\n\(Self.without)")
    try await environment.import("X 1.2 by A\n\(Self.without)\ncolumn t.n int")
    let request = Request.restoreTrash(try await number(environment))
    let plan = try await environment.lifecycle.plan(request)
    #expect(plan.findings.map(\.code) == [ColumnTypeChanged.kind.code])
    #expect(
      plan.findings.first?.message.contains("are of the type text, and it is of the type whole")
        == true
    )
    await #expect(throws: LifecycleError.self) {
      try await environment.lifecycle.perform(request)
    }
  }

  @Test("A dropped column is purged with its table, in one operation")
  func purgeTogether() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\n\(Self.both)")
    try await environment.write("a|n\nk1|1", into: "t")
    try await environment.import("X 1.1 by A\n\(Self.without)")
    let x = try #require(SolutionName("X"))
    try await environment.lifecycle.perform(.uninstall(x), consent: .all)
    let rows = try await environment.lifecycle.beneath.read { try $0.trash() }
    #expect(rows.map(\.component) == [.entity("t"), .attribute("t", "n")])
    #expect(rows[1].place == rows[0].id)
    try await environment.lifecycle.perform(.purgeTrash(rows.map(\.id)))
    #expect(try await environment.lifecycle.beneath.read { try $0.trash() } == [])
    #expect(try await environment.broken() == [])
  }

  @Test("RW-80 Several columns of a table are purged at once, and all else of it is as it was")
  func purgeSeveral() async throws {
    let environment = try await TestEnvironment()
    let kept = "table t\nprimary t.name\ncolumn t.n int\nkey t.k n\nkey t.by name"
    try await environment.import(
      "X 1.0 by A\n\(kept)\ncolumn t.a nvarchar 10\ncolumn t.b decimal\ncolumn t.c file\ncolumn t.d nvarchar 10\nkey t.going d"
    )
    try await environment.write("name|n|a|b|d\none|1|x|1.50|y\ntwo|2|||", into: "t")
    func columns() async throws -> [String] {
      try await environment.lifecycle.beneath.read { try $0.sql.columns(of: "data_t") }
    }
    func indexes() async throws -> [String] {
      try await environment.lifecycle.beneath.read { try $0.sql.indexes(of: "data_t") }
    }
    let before = try await environment.text("t", "tid", "name", "n")
    try await environment.import("X 1.1 by A\n\(kept)")
    let (held, keys) = (try await columns(), try await indexes())
    let trash = try await environment.lifecycle.beneath.read { try $0.trash() }
    #expect(trash.count == 4)
    try await environment.lifecycle.perform(.purgeTrash(trash.map(\.id)), consent: .all)
    #expect(try await columns() == held.filter { !"abcd".contains($0.prefix { $0 != ":" }) })
    #expect(try await indexes() == keys)
    #expect(try await environment.text("t", "tid", "name", "n") == before)
    #expect(try await environment.broken() == [])
    #expect(await environment.refusal("n\n1", into: "t").contains("another row has the same n"))
    try await environment.write("name|n\nthree|3", into: "t")
  }

  @Test("What was made anew before its old values were purged keeps its own in a rollback")
  func purgedAndRemade() async throws {
    let environment = try await TestEnvironment()
    let number = try await remade(environment)
    try await environment.write("a|n\nk2|2", into: "t")
    try await environment.lifecycle.perform(.purgeTrash([number]))
    let done = try await environment.lifecycle.perform(.rollback(3), consent: .all)
    let finding = try #require(done.plan.findings.first { $0.code == DataPurged.kind.code })
    #expect(finding.message.contains("it keeps what was written since"))
    #expect(try await environment.text("t", "a", "n") == "k1|\nk2|2")
    #expect(try await environment.broken() == [])
  }

  @Test(
    "LC-500 a key that is not active finds no rows, and is activated when they are unique"
  )
  func inactiveKey() async throws {
    let environment = try await TestEnvironment()
    let tables =
      "table t\ncolumn t.a nvarchar 10\ntable u\ncolumn u.t lookup\nrelationship r u.t -> t"
    try await environment.import("X 1.0 by A\n\(tables)")
    let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
    try await environment.write("tid|a\n\(one)|same\n\(two)|same", into: "t")
    try await environment.import("X 1.1 by A\n\(tables)\nkey t.k a")
    let why = "the key t.k is not active: rows have equal values in a"
    #expect(await environment.refusal("t.a\nsame", into: "u").hasPrefix(why))
    #expect(
      await environment.refusal("a\nsame", into: "t", mode: .upsert(key: "k")).hasPrefix(why)
    )
    let request = Request.activateKey(.entityKey("t", "k"))
    let plan = try await environment.lifecycle.plan(request)
    #expect(plan.findings.map(\.code) == [KeyNotUnique.kind.code])
    #expect(plan.findings.first?.because.first == "the first of them: same")
    await #expect {
      try await environment.lifecycle.perform(request)
    } throws: {
      if case LifecycleError.refused(let refused) = $0 { !refused.isApplicable } else { false }
    }
    await #expect(throws: StoreError.keyFails("t.k", "rows have equal values in a")) {
      try await environment.lifecycle.perform(request, counting: .skipped)
    }
    try await environment.write("tid|a\n\(two)|other", into: "t", mode: .upsert(key: nil))
    try await environment.lifecycle.perform(request)
    try await environment.write("t.a\nsame", into: "u")
    #expect(try await environment.text("u", "t") == one)
    #expect(try await environment.lifecycle.beneath.read { try $0.inactiveKeys() } == [:])
    #expect(try await environment.broken() == [])
  }

  @Test(
    "Deleting rows empties lookups that no relationship describes: customers, owners, the system's own"
  )
  func systemLookups() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a nvarchar 9\ncolumn t.c customer")
    let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
    try await environment.write("accountid|name\n\(one)|Fabrikam", into: "account")
    try await environment.write(
      "contactid|fullname|parentcustomerid|parentcustomerid:type\n\(two)|Ann|\(one)|account",
      into: "contact"
    )
    try await environment.write("a|c|c:type\nx|\(one)|account\ny|\(two)|contact", into: "t")
    let (deletion, _) = try await environment.lifecycle.deleteRows(
      from: "account",
      where: { _ in RowQuery("account") },
      isAgreed: true
    )
    #expect(
      deletion
        == RowDeletion(
          deleted: ["account": 1],
          unlinked: ["contact.parentcustomerid": 1, "t.c": 1]
        )
    )
    #expect(try await environment.text("t", "a", "c", "c:type") == "x||\ny|\(two)|contact")
  }

  @Test("Migration takes the name of a file along")
  func fileNames() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.f file\ncolumn t.g file")
    try await environment.write("f|f:name\naGk=|hi.txt", into: "t")
    _ = try await environment.lifecycle.migrateRows(
      "t",
      [RowMapping(target: "g", source: "f")],
      replaces: false
    )
    #expect(try await environment.text("t", "g", "g:name") == "aGk=|hi.txt")
  }

  @Test("A lookup is named once: by id or by an alternate key")
  func lookupTwice() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(RowTests.base)
    #expect(
      await environment.refusal("t|t.a\n|", into: "u")
        == "the header names t by id and by an alternate key; one of them is enough"
    )
  }
}

/// What only rows can tell about a changed definition.
@Suite("Questions to rows", .everyBackend)
struct RowQuestionTests {
  private static func package(_ version: String, length: Int, options: String) -> String {
    """
    X \(version) by A
    choice g \(options)
    table t
    column t.a nvarchar \(length)
    column t.c picklist \(options)
    """
  }

  private func findings(_ rows: String) async throws -> [Finding] {
    let environment = try await TestEnvironment()
    try await environment.import(Self.package("1.0", length: 10, options: "1 2 3"))
    try await environment.write(rows, into: "t")
    let next = try TestEnvironment.archive(Self.package("1.1", length: 4, options: "1 3"))
    let plan = try await environment.lifecycle.plan(.importing([next], PlanOptions()))
    return plan.findings.filter {
      [ColumnShortened.kind.code, OptionsLost.kind.code].contains($0.code)
    }
  }

  @Test("LY-905 an upgrade tells how many rows hold an option that goes, and what is too long now")
  func held() async throws {
    let found = try await findings("a|c\n🐢🐢|2\n🐢🐢🐢|2\nfour|1\nfives|3")
    #expect(
      found.map(\.code) == [
        ColumnShortened.kind.code, OptionsLost.kind.code, OptionsLost.kind.code,
      ]
    )
    #expect(found[0].because.last == "2 values are longer now")
    let column = try #require(found.first { $0.subject == "Attribute:t.c" })
    #expect(column.severity == .warning)
    #expect(column.because.last == "2 rows hold option 2")
    // Nothing uses the global choice.
    let choice = try #require(found.first { $0.subject == "OptionSet:g" })
    #expect(choice.severity == .info)
    #expect(choice.because.last == "no row holds option 2")
  }

  @Test(
    "LC-500 an upgrade tells how many numbers a column no longer takes",
    arguments: ["int", "decimal", "money", "float"]
  )
  func outside(type: String) async throws {
    func package(_ version: String, _ max: Int) -> String {
      "X \(version) by A\ntable t\nattribute t <attribute PhysicalName=\"n\"><Type>\(type)</Type>"
        + "<LogicalName>n</LogicalName><IsCustomizable>1</IsCustomizable><MinValue>0</MinValue>"
        + "<MaxValue>\(max)</MaxValue></attribute>"
    }
    let environment = try await TestEnvironment()
    try await environment.import(package("1.0", 100))
    try await environment.write("n\n1\n9\n10\n100", into: "t")
    for (max, rows) in [(9, "2 values lie"), (10, "1 value lies"), (99, "1 value lies")] {
      let next = try TestEnvironment.archive(package("1.1", max))
      let plan = try await environment.lifecycle.plan(.importing([next], PlanOptions()))
      let finding = try #require(plan.findings.first { $0.code == ColumnNarrowed.kind.code })
      #expect(finding.because.last == "\(rows) outside now")
      #expect(finding.severity == .warning)
    }
  }

  @Test("What concerns no row is no warning")
  func nothingHeld() async throws {
    let found = try await findings("a|c\nfour|1")
    #expect(Set(found.map(\.severity)) == [.info])
  }

  @Test("LC-500 a lookup that is led elsewhere under another name is told, with its rows")
  func targetLost() async throws {
    let environment = try await TestEnvironment()
    let tables = "table t\ncolumn t.l lookup\ntable u\ntable w\n"
    try await environment.import("X 1.0 by A\n\(tables)relationship r t.l -> u")
    let one = PackageText.guid("one")
    try await environment.write("uid\n\(one)", into: "u")
    try await environment.write("l\n\(one)\n", into: "t")
    let next = try TestEnvironment.archive("X 1.1 by A\n\(tables)relationship r2 t.l -> w")
    let plan = try await environment.lifecycle.plan(.importing([next], PlanOptions()))
    let finding = try #require(plan.findings.first { $0.code == TargetLost.kind.code })
    #expect(finding.severity == .warning)
    #expect(finding.because.last == "1 row leads to u")
    // Renamed, it leads where it did.
    let renamed = try TestEnvironment.archive("X 1.1 by A\n\(tables)relationship r2 t.l -> u")
    let other = try await environment.lifecycle.plan(.importing([renamed], PlanOptions()))
    #expect(!other.findings.contains { $0.code == TargetLost.kind.code })
  }
}
