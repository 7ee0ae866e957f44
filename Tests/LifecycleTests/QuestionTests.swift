import EnvironmentSupport
import Lifecycle
import Solutions
import TestSupport
import Testing

/// What is asked of an environment, through the door.
@Suite("Questions", .everyBackend)
struct QuestionTests {
  private static let x =
    "X 1.0 by A\ntable t\ncolumn t.a nvarchar 30 Label\nview v t a\nresource new_/a.js x"

  /// Installs, edits, upgrades, gives up and undoes.
  private func environment() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import(Self.x)
    try await environment.import("Y 1.0 by B\nshell t\ncolumn t.y\nrole r")
    let edit = Customization.set(
      .attribute("t", "a"),
      [PropertyEdit("displayname@description", "Mine")]
    )
    try await environment.lifecycle.perform(.customizing(edit, in: nil))
    try await environment.import(
      "X 1.1 by A\ntable t\ncolumn t.a nvarchar 40 Label\ncolumn t.c\nview v t a",
      options: PlanOptions(choice: .stage)
    )
    let name = try #require(SolutionName("X"))
    try await environment.lifecycle.perform(.discardUpgrade(name), consent: .all)
    try await environment.import("X 1.2 by A\ntable t\ncolumn t.a nvarchar 50 Label\nview v t a c")
    try await environment.lifecycle.perform(.rollback(2), consent: .all)
    return environment
  }

  @Test("What two operations differ in is what their whole states differ in")
  func differences() async throws {
    let environment = try await environment()
    let lifecycle = environment.lifecycle
    let newest = try await lifecycle.ask(EnvironmentQuestion()).revision
    for (from, to) in (0...newest).flatMap({ from in (0...newest).map { (from, $0) } }) {
      let found = try await lifecycle.ask(DifferenceQuestion(from: from, to: to))
      let whole = StateDifference(
        from: try await environment.whole(at: from),
        to: try await environment.whole(at: to),
        kinds: .standard
      )
      #expect(found.entries.map(\.component.id) == whole.entries.map(\.component.id))
      #expect(found.entries.map(\.action) == whole.entries.map(\.action))
      #expect(found.entries.map(\.properties) == whole.entries.map(\.properties))
      #expect(found.solutions == whole.solutions)
      #expect(from != to || found.isEmpty)
    }
    await #expect(throws: (any Error).self) {
      try await lifecycle.ask(DifferenceQuestion(from: 0, to: newest + 1))
    }
  }

  @Test("A question about any revision has the answer that the whole state of then has")
  func revisions() async throws {
    let environment = try await environment()
    let lifecycle = environment.lifecycle
    let newest = try await lifecycle.ask(EnvironmentQuestion()).revision
    #expect(newest == 7)
    for revision in [nil] + (0...newest).map({ Int?($0) }) {
      let whole = try await environment.whole(at: revision)
      let installed = try await lifecycle.ask(InstalledQuestion(asOf: revision))
      #expect(Set(installed.map(\.solution.name)) == Set(whole.solutions.keys))
      #expect(
        installed.map(\.solution.rank) == installed.map(\.solution.rank).sorted { $1 < $0 },
        "topmost first"
      )
      for (name, solution) in whole.solutions {
        let found = try #require(
          try await lifecycle.ask(SolutionQuestion(name, asOf: revision))
        )
        #expect(found.solution.solution.version == solution.version)
        #expect(Set(found.members.map(\.id)) == solution.members)
        #expect(found.solution.dates.map { $0.operation <= revision ?? newest } == true)
        #expect(
          Set(found.family.map(\.name))
            == Set(whole.solutions.values.filter { $0.family == solution.family }.map(\.name))
            .subtracting([name])
        )
        for member in found.members {
          #expect(member.layers == whole.stacks[member.id]?.layers.count ?? 0, "\(member.id)")
          #expect(member.hasDraft == (whole.drafts[member.id] != nil))
        }
      }
      for (id, stack) in whole.stacks {
        let question = ComponentQuestion(
          names: [id.key],
          type: id.type,
          hint: "",
          asOf: revision
        )
        let found = try await lifecycle.ask(question).state
        #expect(found.stacks[id] == stack, "\(id) at \(revision ?? -1)")
        let history = try await lifecycle.ask(ComponentHistoryQuestion(of: id, asOf: revision))
        for layer in stack.layers where !layer.isAssumed {
          let said = history.layers[layer.solution]?.statements.last?.definition
          #expect(said == layer.definition, "\(id) of \(layer.solution) at \(revision ?? -1)")
          #expect(history.written[layer.solution] != nil)
        }
      }
    }
    await #expect(throws: (any Error).self) {
      try await lifecycle.ask(InstalledQuestion(asOf: newest + 1))
    }
  }

  @Test("A rollback says which operation it undid first, and others undid none")
  func undone() async throws {
    let environment = try await environment()
    defer { withExtendedLifetime(environment) {} }
    #expect(try await environment.lifecycle.ask(UndoneQuestion(by: 7)) == 2)
    #expect(try await environment.lifecycle.ask(UndoneQuestion(by: 6)) == nil)
    #expect(try await environment.lifecycle.ask(UndoneQuestion(by: 70)) == nil)
  }

  @Test("Operations are found by their numbers, and those that are not there are not")
  func operations() async throws {
    let environment = try await environment()
    defer { withExtendedLifetime(environment) {} }
    let found = try await environment.lifecycle.ask(OperationsQuestion([2, 6, 70]))
    let all = try await environment.lifecycle.ask(
      HistoryQuestion(of: nil, limit: 100, withAttempts: false)
    ).operations
    #expect(found.keys.sorted() == [2, 6])
    for (number, operation) in found {
      #expect(operation == all.first { $0.number == number })
    }
  }

  @Test("Names are those of everything that has a layer or a draft now")
  func names() async throws {
    let environment = try await environment()
    defer { withExtendedLifetime(environment) {} }
    try await environment.lifecycle.perform(
      .customizing(
        .set(.attribute("t", "a"), [PropertyEdit("displayname@description", "Draft")]),
        in: nil
      )
    )
    let whole = try await environment.whole(at: nil)
    let names = try await environment.lifecycle.ask(NamesQuestion())
    #expect(Set(names) == Set(whole.stacks.keys).union(whole.drafts.keys))
    #expect(names.count == Set(names).count && names.map(\.key) == names.map(\.key).sorted())
  }

  @Test("Components of a kind come in the order of their keys, with what there is of them")
  func kind() async throws {
    let environment = try await environment()
    defer { withExtendedLifetime(environment) {} }
    let whole = try await environment.whole(at: nil)
    let columns = whole.stacks.keys.filter { $0.type == .attribute }
    let (ids, state) = try await environment.lifecycle.ask(KindQuestion(.attribute))
    #expect(!ids.isEmpty && ids.map(\.key) == columns.map(\.key).sorted())
    #expect(ids.allSatisfy { state.stacks[$0] == whole.stacks[$0] })
  }

  @Test("What a component's file holds is what lies on top, whoever brought it")
  func contents() async throws {
    let environment = try await TestEnvironment()
    defer { withExtendedLifetime(environment) {} }
    let (first, second) = (ComponentID(.webResource, "a.js"), ComponentID(.webResource, "b.js"))
    func contents() async throws -> [ComponentID: String] {
      try await environment.lifecycle.ask(
        ContentsQuestion(of: [first, second, ComponentID(.webResource, "c.js"), .entity("t")])
      ).mapValues { String(decoding: $0, as: UTF8.self) }
    }
    try await environment.import("X 1.0 by A\ntable t\nresource a.js one\nresource b.js two")
    #expect(try await contents() == [first: "one", second: "two"])
    try await environment.import("Y 1.0 by B\nresource a.js over it")
    #expect(try await contents() == [first: "over it", second: "two"])
    try await environment.import("Z 1.0 by A unmanaged\nresource b.js active")
    try await environment.lifecycle.perform(.publishing(.all))
    #expect(try await contents() == [first: "over it", second: "active"])
  }

  @Test("Names that are known are told again when something else than rows was written")
  func namesSince() async throws {
    let environment = try await environment()
    defer { withExtendedLifetime(environment) {} }
    let lifecycle = environment.lifecycle
    let (revision, names) = try await lifecycle.ask(NamesSinceQuestion(-1))
    #expect(try await names == lifecycle.ask(NamesQuestion()))
    #expect(try await lifecycle.ask(NamesSinceQuestion(revision)).names == nil)
    _ = try await lifecycle.edit(
      [RowEdits("rows", [RowEdit("account", .create(GUID(from: "row"), []))])],
      by: Caller("tester", through: .api),
      knowing: KnownTables()
    )
    let since = try await lifecycle.ask(NamesSinceQuestion(revision))
    #expect(since.revision == revision + 1 && since.names == nil)
    try await environment.import("Z 1.0 by A\ntable z")
    let later = try await lifecycle.ask(NamesSinceQuestion(revision))
    #expect(later.names?.contains(.entity("z")) == true)
  }

  @Test("DP-430 what stands in the way of a deletion is told by a slice as by everything")
  func deletions() async throws {
    let environment = try await environment()
    defer { withExtendedLifetime(environment) {} }
    try await environment.import(
      """
      W 1.0 by A
      table u
      column u.b
      view w u b
      relationship r u.x -> t
      """
    )
    let whole = try await environment.whole(at: nil)
    var blocked = 0
    for id in whole.stacks.keys {
      let slice = try await environment.lifecycle.ask(DeletionQuestion(of: id))
      let found = DependencyGraph.blocking(id, in: slice, kinds: .standard)
      #expect(found == DependencyGraph.blocking(id, in: whole, kinds: .standard), "\(id)")
      blocked += found.count
    }
    #expect(blocked > 2)
  }

  @Test("What is not there has an answer that says so, and a component a hint")
  func nothing() async throws {
    let environment = try await environment()
    defer { withExtendedLifetime(environment) {} }
    let lifecycle = environment.lifecycle
    let z = try #require(SolutionName("Z"))
    #expect(try await lifecycle.ask(SolutionQuestion(z)) == nil)
    let found = try await lifecycle.ask(
      ComponentQuestion(names: ["t.aa"], type: nil, hint: "t.a")
    )
    #expect(found.state.standingComponents.isEmpty)
    #expect(found.hints == [.attribute("t", "a")])
    let history = try await lifecycle.ask(HistoryQuestion(of: 99, limit: 5, withAttempts: false))
    #expect(history.operations.isEmpty)
    #expect(history.attempts == nil)
    await #expect(throws: QueryError.self) { try await lifecycle.ask(KeysQuestion(of: "nope")) }
    await #expect(throws: QueryError.self) {
      try await lifecycle.ask(CountsQuestion(of: "nope") { _ in })
    }
  }

  @Test("Standing and history tell the same last operation; packages that came in are kept")
  func standing() async throws {
    let environment = try await environment()
    defer { withExtendedLifetime(environment) {} }
    let lifecycle = environment.lifecycle
    let standing = try await lifecycle.standing()
    let all = try await lifecycle.ask(HistoryQuestion(of: nil, limit: 50, withAttempts: true))
    #expect(all.operations.map(\.number) == [7, 6, 5, 4, 3, 2, 1])
    #expect(all.attempts?.count == 7)
    #expect(try await lifecycle.ask(StandingQuestion()).environment == standing.environment)
    #expect(standing.lastOperation == all.operations.first)
    #expect(standing.lastAttempt == all.attempts?.first)
    #expect(standing.pendingUpgrades.isEmpty)
    let (now, since) = try await lifecycle.ask(SinceQuestion(5))
    #expect(now == standing.environment)
    #expect(since == Array(all.operations.prefix(2)))
    let name = try #require(SolutionName("X"))
    let (installed, kept) = try await lifecycle.ask(KeptPackagesQuestion(of: name))
    #expect(installed?.text == "1.0")
    #expect(kept.map(\.version.text) == ["1.2", "1.1", "1.0"])
    let digest = try #require(kept.last?.digest)
    let archive = try await lifecycle.ask(PackageQuestion(digest))
    #expect(archive?.bytes == PackageText(Self.x).archive())
    #expect(try await lifecycle.ask(VerifyQuestion(.whole)).broken == [])
    #expect(try await lifecycle.ask(StateQuestion()).solutions.keys.map(\.text) == ["X"])
  }

  @Test("What unmanaged work lies over is found, and what it hides")
  func customized() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.x)
    let id = ComponentID.attribute("t", "a")
    let edit = Customization.set(id, [PropertyEdit("displayname@description", "Mine")])
    try await environment.lifecycle.perform(.customizing(edit, in: nil))
    let state = try await environment.lifecycle.ask(CustomizedQuestion())
    #expect(Array(state.stacks.keys) == [id])
    #expect(try await environment.lifecycle.ask(MaskedQuestion()).components.isEmpty)
    try await environment.import("X 1.1 by A\ntable t\ncolumn t.a nvarchar 40 Label\nview v t a")
    let masked = try await environment.lifecycle.ask(MaskedQuestion())
    #expect(masked.components.map(\.id) == [id])
    #expect(masked.components.map(\.since) == [2])
    #expect(masked.state.stacks[id]?.layers.count == 2)
  }

  @Test("Rows come in pages, all of them in the order asked for, and one after the other as well")
  func rows() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a nvarchar 30 Label")
    let lines = (1...7).map { "row \($0)" }
    _ = try await environment.lifecycle.importRows(
      TextRows("a\n" + lines.joined(separator: "\n")),
      into: "t",
      mode: .insert
    )
    var pages: [[String]] = []
    var next: RowQuery.Cookie?
    repeat {
      let after = next
      let question = RowsQuestion(of: "t") { table in
        var query = RowQuery(table.name)
        query.columns = [RowQuery.ColumnPath("a")]
        query.order = [RowQuery.Order(RowQuery.ColumnPath("a"))]
        query.rowsMax = 3
        query.after = after
        return query
      }
      let page = try await environment.lifecycle.ask(question)
      pages.append(
        page.rows.map { row in zip(page.header.columns, row.values).map { $0.column.text(of: $1) } }
          .flatMap { $0 }
      )
      next = page.next
    } while next != nil
    #expect(pages == [Array(lines[..<3]), Array(lines[3..<6]), Array(lines[6...])])
    let counts = try await environment.lifecycle.ask(CountsQuestion(of: nil) { _ in })
    #expect(counts["t"]?.rows == 7)
    #expect(counts["t"]?.values["a"] == 7)
    let every = EveryRowQuestion(
      of: "t",
      query: { RowQuery($0.name) },
      taking: { header, rows in
        var count = 0
        try rows { row in count += row.values.count == header.columns.count ? 1 : 0 }
        return count
      }
    )
    #expect(try await environment.lifecycle.ask(every) == 7)
    #expect(try await environment.lifecycle.ask(KeysQuestion(of: "t")).isEmpty)
    let groups = try await environment.lifecycle.ask(
      GroupsQuestion(of: "t", by: [RowQuery.ColumnPath("a")]) { table in
        var query = RowQuery(table.name)
        query.filter = .means(RowQuery.ColumnPath("a"), .notEqual, ["row 1", "ROW 2"])
        return query
      }
    )
    #expect(groups.rows.map(\.values) == lines[2...].map { [.text($0), .integer(1)] })
    #expect(try await environment.lifecycle.ask(TrashQuestion(counting: true)).isEmpty)
  }

  @Test("What is found in an environment is what is found in its state")
  func find() async throws {
    let environment = try await environment()
    let newest = try await environment.lifecycle.ask(EnvironmentQuestion()).revision
    for text in ["t", "label", "new_"] {
      for revision in [nil, 1, newest] {
        let found = try await environment.lifecycle.ask(
          FindQuestion(ComponentSearch(text), asOf: revision)
        )
        let whole = try await environment.whole(at: revision).hits(ComponentSearch(text))
        #expect(!found.isEmpty)
        #expect(found.map(\.component.id) == whole.map(\.component.id), "\(text)")
      }
    }
  }

  @Test(
    "A part of an environment has all layers of its components, and what a package lacks is each of its needs"
  )
  func parts() async throws {
    let environment = try await environment()
    let column = ComponentID.attribute("t", "a")
    let part = try await environment.lifecycle.ask(PartQuestion(of: [column]))
    let whole = try await environment.whole()
    #expect(Set(part.stacks.keys) == [column])
    #expect(part.stacks[column] == whole.stacks[column])
    #expect(Set(part.solutions.keys) == Set(whole.solutions.keys))
    let package = try PackageText(
      "Z 1.0 by C\nshell t\nneeds Attribute t.a from X\nneeds Attribute t.zz from X\nneeds Entity u from W"
    ).read()
    let missing = try await environment.lifecycle.ask(MissingNeedsQuestion(of: package))
    #expect(missing.map(\.required.id) == [.attribute("t", "zz"), .entity("u")])
  }
}
