import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Rows as lines of text: the first names the fields, `|` separates them.
struct TextRows: RowSource, Sendable {
  let header: [String]
  private let lines: [[String]]
  private var position = 0

  init(_ text: String) {
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
    header = lines.first ?? []
    self.lines = Array(lines.dropFirst())
  }

  mutating func next(_ fields: inout [String]) -> Int? {
    guard position < lines.count else { return nil }
    defer { position += 1 }
    fields = lines[position]
    return position + 2
  }
}

extension TestEnvironment {
  @discardableResult
  func write(
    _ text: String,
    into table: String,
    mode: RowWriting.Mode = .insert
  ) async throws -> Lifecycle.RowsWritten {
    try await lifecycle.importRows(TextRows(text), into: table, mode: mode)
  }

  /// Rows sorted by their first column, as text.
  func text(_ table: String, _ columns: String...) async throws -> String {
    try await lifecycle.beneath.read { session in
      var query = RowQuery(table)
      query.columns = columns.map { RowQuery.ColumnPath($0) }
      query.order = [RowQuery.Order(RowQuery.ColumnPath(columns[0]))]
      var lines: [String] = []
      try session.rows(query) { header, row in
        lines.append(
          zip(header.columns, row.values).map { $0.column.text(of: $1) }.joined(separator: "|")
        )
      }
      return lines.joined(separator: "\n")
    }
  }

  func refusal(_ text: String, into table: String, mode: RowWriting.Mode = .insert) async -> String
  {
    do {
      try await write(text, into: table, mode: mode)
      return "written"
    } catch {
      return "\(error)"
    }
  }
}

@Suite("Rows", .everyBackend)
struct RowTests {
  static let base = """
    X 1.0 by A
    table t
    primary t.name
    column t.a nvarchar 10
    column t.n int
    column t.c picklist 1 2
    column t.up lookup
    key t.k a
    relationship up_t t.up -> t
    table u
    column u.x nvarchar 10
    column u.t lookup
    relationship t_u u.t -> t
    """

  @Test("Values are judged where they are written; all bad lines are told and none is written")
  func judged() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base)
    let refusal = await environment.refusal(
      "name|a|n|c\none|0123456789|1|1\ntwo|01234567890|x|3\nthree|b|2|o2\nfour|b|3|",
      into: "t"
    )
    #expect(
      refusal == """
        2 rows cannot be written, so none was:
          line 3: a: the text is 11 characters long, and 10 are allowed
          line 3: n: “x” is no whole number
          line 3: c: 3 is no option of c
          line 5: another row has the same a
        """
    )
    #expect(try await environment.text("t", "name") == "")
    #expect(try await environment.lifecycle.beneath.read { try $0.environment().revision } == 1)
  }

  @Test(
    "Lookups must lead somewhere, by id or by alternate key; rows of one file may lead to each other"
  )
  func lookups() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base)
    let id = PackageText.guid("row")
    try await environment.write("tid|name|a|up\n\(id)|one|k1|\(id)", into: "t")
    try await environment.write("x|t.a\nfirst|k1", into: "u")
    #expect(try await environment.text("u", "x", "t") == "first|\(id)")
    let other = PackageText.guid("other")
    #expect(
      await environment.refusal("x|t\na|\(id)\nb|\(other)", into: "u")
        == "1 row cannot be written, so none was:\n  line 3: t: there is no row \(other) in t"
    )
    #expect(
      await environment.refusal("x|t.a\na|nowhere", into: "u")
        == "1 row cannot be written, so none was:\n  line 2: t.a: no row of t has nowhere"
    )
    #expect(
      await environment.refusal("x|t.n\na|1", into: "u")
        == "t cannot be found by n: that is no alternate key"
    )
    #expect(await environment.refusal("y\na", into: "u").hasPrefix("the table u has no column y"))
  }

  @Test("Rows that are there are changed by id or by alternate key")
  func upsert() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base)
    try await environment.write("a|n\nk1|1\nk2|2", into: "t")
    try await environment.write("a|n\nk2|20\nk3|3", into: "t", mode: .upsert(key: "k"))
    #expect(try await environment.text("t", "a", "n") == "k1|1\nk2|20\nk3|3")
    #expect(
      await environment.refusal("a|n\nk2|20", into: "t", mode: .upsert(key: nil))
        .hasPrefix("to change rows that are there, the file needs their tid")
    )
  }

  @Test("An upgrade that drops a column keeps its values in the trash; a rollback gives them back")
  func trash() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base)
    try await environment.write("name|a|n\none|k1|1\ntwo|k2|\nthree|k3|3", into: "t")
    let next = """
      X 1.1 by A
      table t
      primary t.name
      column t.a nvarchar 10
      key t.k a
      column t.c picklist 1 2
      column t.up lookup
      relationship up_t t.up -> t
      table u
      column u.x nvarchar 10
      column u.t lookup
      relationship t_u u.t -> t
      """
    let done = try await environment.import(next)
    let loss = done.plan.changes.first { $0.name == "t.n" }?.dataLoss
    #expect(loss == DataLoss(rows: nil, values: 2))
    let trash = try await environment.lifecycle.beneath.read { try $0.trash(counts: true) }
    #expect(trash.map(\.component) == [.attribute("t", "n")])
    #expect(trash.first?.count == 2)
    // Rows go on living: one is changed, one is new.
    try await environment.write("a|name\nk1|ONE\nk4|four", into: "t", mode: .upsert(key: "k"))
    try await environment.lifecycle.perform(.rollback(3), consent: .all)
    #expect(
      try await environment.text("t", "a", "name", "n") == "k1|ONE|1\nk2|two|\nk3|three|3\nk4|four|"
    )
    #expect(try await environment.broken() == [])
    // And the rollback itself can be undone.
    try await environment.lifecycle.perform(.rollback(5), consent: .all)
    #expect(try await environment.lifecycle.beneath.read { try $0.table("t")?.column("n") } == nil)
    #expect(try await environment.broken() == [])
  }

  @Test("A table that went comes back with its rows, its columns of then, and its keys")
  func table() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base)
    try await environment.write("name|a|n\none|k1|1", into: "t")
    let x = try #require(SolutionName("X"))
    let done = try await environment.lifecycle.perform(.uninstall(x), consent: .all)
    #expect(done.plan.changes.first { $0.name == "t" }?.dataLoss?.rows == 1)
    try await environment.import("X 2.0 by A\ntable t\ncolumn t.b nvarchar 5")
    try await environment.write("b\nnew", into: "t")
    try await environment.lifecycle.perform(.rollback(3), consent: .all)
    #expect(try await environment.text("t", "a", "name", "n") == "k1|one|1")
    #expect(await environment.refusal("a\nk1", into: "t").contains("another row has the same a"))
    #expect(try await environment.broken() == [])
  }

  @Test("Values in the trash go back into a column that is there again, and purged ones are gone")
  func restore() async throws {
    let environment = try await TestEnvironment()
    let without = "X 1.1 by A\ntable t\ncolumn t.a nvarchar 10"
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a nvarchar 10\ncolumn t.n int")
    try await environment.write("a|n\nk1|1", into: "t")
    try await environment.import(without)
    let number = try #require(
      try await environment.lifecycle.beneath.read { try $0.trash().first?.id }
    )
    await #expect(throws: LifecycleError.self) {
      try await environment.lifecycle.perform(.restoreTrash(number))
    }
    try await environment.import("X 1.2 by A\ntable t\ncolumn t.a nvarchar 10\ncolumn t.n int")
    #expect(try await environment.text("t", "a", "n") == "k1|")
    try await environment.lifecycle.perform(.restoreTrash(number))
    #expect(try await environment.text("t", "a", "n") == "k1|1")
    #expect(try await environment.broken() == [])
    // What lay there meanwhile is in the trash now; purged, it is no more.
    let left = try await environment.lifecycle.beneath.read { try $0.trash().map(\.id) }
    #expect(left.count == 1)
    try await environment.lifecycle.perform(.purgeTrash(left))
    #expect(try await environment.lifecycle.beneath.read { try $0.trash() } == [])
    #expect(try await environment.broken() == [])
    await #expect(throws: StoreError.self) {
      try await environment.lifecycle.perform(.restoreTrash(number))
    }
  }

  @Test("Purged data does not come back, and a rollback says so")
  func purged() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a nvarchar 10\ncolumn t.n int")
    try await environment.write("a|n\nk1|1", into: "t")
    try await environment.import("X 1.1 by A\ntable t\ncolumn t.a nvarchar 10")
    let ids = try await environment.lifecycle.beneath.read { try $0.trash().map(\.id) }
    try await environment.lifecycle.perform(.purgeTrash(ids))
    let done = try await environment.lifecycle.perform(.rollback(3), consent: .all)
    #expect(done.plan.findings.contains { $0.code == DataPurged.kind.code })
    #expect(try await environment.text("t", "a", "n") == "k1|")
    #expect(try await environment.broken() == [])
  }

  @Test("In the stage window values move from old to new; apply loses nothing that was moved")
  func stageWindow() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.old nvarchar 10")
    try await environment.write("old\n1\n2\n3", into: "t")
    try await environment.import(
      "X 2.0 by A\ntable t\ncolumn t.new int\ncolumn t.c picklist 1 2 3",
      options: PlanOptions(choice: .stage)
    )
    let mapping = RowMapping(target: "c", source: "old", values: ["1": "o2"])
    let (counts, operation) = try await environment.lifecycle.migrateRows(
      "t",
      [RowMapping(target: "new", source: "old"), mapping],
      replaces: false
    )
    #expect(counts == [3, 3])
    #expect(operation == 4)
    try await environment.lifecycle.perform(
      .applyUpgrade(try #require(SolutionName("X"))),
      consent: .all
    )
    let moved = try await environment.text("t", "new", "c")
    #expect(moved == "1|2\n2|2\n3|3")
    let history = try await environment.lifecycle.beneath.read {
      try $0.history().map(\.record.title)
    }
    #expect(history[1] == "t migrated: new = old in 3 rows, c = old in 3 rows")
    await #expect(throws: RowsRefused.self) {
      try await environment.lifecycle.migrateRows(
        "t",
        [RowMapping(target: "c", source: "new", values: ["1": "9"])],
        replaces: true
      )
    }
  }

  @Test("LC-500 a key over rows that are not unique is there and not active, and says so")
  func failedKey() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a nvarchar 10")
    try await environment.write("a\nsame\nsame", into: "t")
    let done = try await environment.import(
      "X 1.1 by A\ntable t\ncolumn t.a nvarchar 10\nkey t.k a"
    )
    #expect(done.warnings == ["the key t.k is not active: rows have equal values in a"])
    try await environment.write("a\nsame", into: "t")
    #expect(try await environment.broken() == [])
  }

  @Test("LC-105 a hand-over between solutions of one publisher keeps rows where they are")
  func handOver() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a nvarchar 10")
    try await environment.write("a\n1\n2", into: "t")
    try await environment.import("Y 1.0 by A\ntable t\ncolumn t.a nvarchar 10")
    let done = try await environment.import("X 2.0 by A\ntable x")
    #expect(!done.plan.changes.contains { $0.action == .delete })
    #expect(try await environment.text("t", "a") == "1\n2")
    #expect(try await environment.lifecycle.beneath.read { try $0.trash() } == [])
  }

  @Test("Names that need quoting, values with quotes, emoji; NUL is refused")
  func spelling() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      "X 1.0 by A\ntable order\ncolumn order.group nvarchar 60\ncolumn order.select int"
    )
    let value = "it's \"quoted\" 🐢 \\ %_ ; DROP TABLE data_order"
    try await environment.write("group|select\n\(value)|1", into: "order")
    #expect(try await environment.text("order", "group", "select") == "\(value)|1")
    #expect(
      await environment.refusal("group\na\0b", into: "order").contains("the text holds a NUL")
    )
    try await environment.import("X 2.0 by A\ntable order\ncolumn order.group nvarchar 60")
    try await environment.lifecycle.perform(.rollback(3), consent: .all)
    #expect(try await environment.text("order", "select") == "1")
  }

  @Test("A table of 1,000 columns comes, loses half of them, and gets them back")
  func wide() async throws {
    let environment = try await TestEnvironment()
    func package(_ version: String, _ columns: Range<Int>) -> String {
      "X \(version) by A\ntable t\n"
        + columns.map { "column t.c\($0) nvarchar 9" }.joined(separator: "\n")
    }
    try await environment.import(package("1.0", 0..<1000))
    try await environment.write("c0|c999\na|z", into: "t")
    try await environment.import(package("2.0", 0..<500))
    try await environment.lifecycle.perform(.rollback(3), consent: .all)
    #expect(try await environment.text("t", "c0", "c999") == "a|z")
    #expect(try await environment.broken() == [])
  }

  @Test(
    "PF-503 pairs of a many-to-many relationship are rows; they go to the trash with it, and are counted"
  )
  func manyToMany() async throws {
    let environment = try await TestEnvironment()
    let tables = "table t\ncolumn t.a nvarchar 10\ntable u\ncolumn u.b nvarchar 10"
    try await environment.import("X 1.0 by A\n\(tables)\nmany t_u t u")
    let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
    try await environment.write("tid|a\n\(one)|x\n\(two)|y", into: "t")
    try await environment.write("uid|b\n\(one)|x", into: "u")
    try await environment.write("tid|uid\n\(one)|\(one)\n\(two)|\(one)", into: "t_u")
    #expect(
      await environment.refusal("tid|uid\n\(one)|\(one)", into: "t_u")
        .contains("another row has the same tid, uid")
    )
    #expect(
      await environment.refusal("tid|uid\n\(one)|\(two)", into: "t_u").contains("there is no row")
    )
    let done = try await environment.import("X 1.1 by A\n\(tables)")
    #expect(done.plan.changes.first { $0.name == "t_u" }?.dataLoss?.rows == 2)
    #expect(
      await environment.refusal("tid|uid", into: "t_u").hasPrefix(
        "there is no table t_u\n  → there is t"
      )
    )
    try await environment.lifecycle.perform(.rollback(5), consent: .all)
    #expect(try await environment.text("t_u", "tid", "uid").split(separator: "\n").count == 2)
    #expect(try await environment.broken() == [])
  }

  @Test(
    "PF-502 deleting rows takes others along, empties their lookups, or is restricted, as relationships say"
  )
  func cascades() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      """
      X 1.0 by A
      table t
      column t.a nvarchar 10
      column t.up lookup
      relationship up t.up -> t Cascade
      table u
      column u.b nvarchar 10
      column u.t lookup
      relationship u_t u.t -> t RemoveLink
      table v
      column v.c nvarchar 10
      column v.t lookup
      relationship v_t v.t -> t Restrict
      many t_u t u
      """
    )
    let ids = (0..<4).map { PackageText.guid("row\($0)") }
    try await environment.write(
      "tid|a|up\n\(ids[0])|root|\n\(ids[1])|child|\(ids[0])\n\(ids[2])|leaf|\(ids[1])\n\(ids[3])|other|",
      into: "t"
    )
    try await environment.write("uid|b|t\n\(ids[0])|x|\(ids[2])\n\(ids[1])|y|\(ids[3])", into: "u")
    try await environment.write("tid|uid\n\(ids[1])|\(ids[0])\n\(ids[3])|\(ids[0])", into: "t_u")
    try await environment.write("c|t\nholds|\(ids[3])", into: "v")
    func delete(_ name: String, isAgreed: Bool = true) async throws -> RowDeletion {
      var query = RowQuery("t")
      query.filter = .compare(RowQuery.ColumnPath("a"), .equal, .text(name))
      let wanted = query
      return try await environment.lifecycle.deleteRows(
        from: "t",
        where: { _ in wanted },
        isAgreed: isAgreed
      ).deletion
    }
    await #expect(throws: RowsConsentMissing.self) { try await delete("root", isAgreed: false) }
    await #expect(throws: RowsHeld.self) { try await delete("other") }
    #expect(try await environment.text("t", "a").split(separator: "\n").count == 4)
    let deletion = try await delete("root")
    #expect(deletion == RowDeletion(deleted: ["t": 3], unlinked: ["u.t": 1], pairs: ["t_u": 1]))
    #expect(try await environment.text("t", "a") == "other")
    #expect(try await environment.text("u", "b", "t") == "x|\ny|\(ids[3])")
    #expect(try await environment.text("t_u", "tid") == ids[3])
  }

  @Test("An upsert leaves what it says nothing of as it was, and names lines rightly")
  func upsertKeeps() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.base)
    let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
    try await environment.write(
      "tid|a|statecode|createdon\n\(one)|k1|1|2001-01-01T00:00:00Z",
      into: "t"
    )
    try await environment.write("a|statecode|createdon\nk1||", into: "t", mode: .upsert(key: "k"))
    #expect(
      try await environment.text("t", "a", "statecode", "createdon") == "k1|1|2001-01-01T00:00:00Z"
    )
    let missing = PackageText.guid("missing")
    #expect(
      await environment.refusal(
        "tid|a|up\n\(one)|k1|\n\(two)|k2|\(one)\n\(PackageText.guid("three"))|k3|\(missing)",
        into: "t",
        mode: .upsert(key: nil)
      ) == "1 row cannot be written, so none was:\n  line 4: up: there is no row \(missing) in t"
    )
  }

  @Test("A relationship to a table with a quotation mark in its name is data, not a statement")
  func quotedTarget() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      "X 1.0 by A\ntable t\ncolumn t.a nvarchar 9\ncolumn t.up lookup\nrelationship r t.up -> o'x\nrelationship s t.up -> t"
    )
    let one = PackageText.guid("one")
    #expect(
      await environment.refusal("a|up|up:type\nx|\(one)|t", into: "t").contains("there is no row")
    )
    #expect(try await environment.broken() == [])
  }

  @Test("A column whose old table lies in the trash is not restored into the new one")
  func restoreElsewhere() async throws {
    let environment = try await TestEnvironment()
    let first = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 9\ncolumn t.n int"
    try await environment.import(first)
    try await environment.write("a|n\nk1|1", into: "t")
    try await environment.import("X 1.1 by A\ntable t\ncolumn t.a nvarchar 9")
    let number = try #require(
      try await environment.lifecycle.beneath.read { try $0.trash().first?.id }
    )
    try await environment.lifecycle.perform(
      .uninstall(try #require(SolutionName("X"))),
      consent: .all
    )
    try await environment.import(first)
    try await environment.write("a|n\nk2|2", into: "t")
    await #expect(throws: StoreError.liesElsewhere(number)) {
      try await environment.lifecycle.perform(.restoreTrash(number))
    }
    #expect(try await environment.text("t", "a", "n") == "k2|2")
    #expect(try await environment.broken() == [])
  }

  @Test(
    "Migration empties what is mapped to nothing and keeps lookups where they may lead; a key needs its columns"
  )
  func migrationChecks() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      Self.base + "\ncolumn t.b nvarchar 10\ncolumn t.o lookup\nrelationship o_t t.o -> u"
    )
    try await environment.write("name|a|b\none|k1|x\ntwo|k2|y", into: "t")
    let mapping = RowMapping(target: "b", source: "a", values: ["k1": ""])
    _ = try await environment.lifecycle.migrateRows("t", [mapping], replaces: true)
    #expect(try await environment.text("t", "a", "b") == "k1|\nk2|k2")
    await #expect(throws: RowsRefused.self) {
      try await environment.lifecycle.migrateRows(
        "t",
        [RowMapping(target: "o", source: "up")],
        replaces: false
      )
    }
    #expect(
      await environment.refusal("n\n1", into: "t", mode: .upsert(key: "k"))
        == "to find rows by k, the file needs a"
    )
  }
}
