import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Environments that begin with what a live one told.
@Suite("Environments made of facts", .everyBackend)
struct ToldEnvironmentTests {
  private static let x = """
    X 1.0 by A
    table t
    column t.a nvarchar 100
    column t.b nvarchar 100
    form F t a
    """
  private static let y = "Y 1.0 by B\nview v1 t b"
  private static let next = "X 1.1 by A\ntable t\ncolumn t.a nvarchar 100\nform F t a"
  private static let plans = [
    next, "X 2.0 by A\ntable t", "Y 1.1 by B\nrole r", "N 1.0 by C\nform G t b",
  ]

  private func facts(_ texts: [String], silent: Set<ComponentID> = []) throws -> Facts {
    Facts(of: try installed(texts), silent: silent)
  }

  private func environment(
    of all: [String],
    given: [String],
    silent: Set<ComponentID> = []
  ) async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.lifecycle.perform(
      .taking(
        try facts(all, silent: silent),
        with: try given.map { try TestEnvironment.archive($0) }
      )
    )
    return environment
  }

  private func plan(_ text: String, on environment: TestEnvironment) async throws -> Plan {
    try await environment.lifecycle.plan(
      .importing([try TestEnvironment.archive(text)], PlanOptions()),
      counting: .skipped
    )
  }

  @Test("strata.facts who needs whom is told where no package shows it, until it is written anew")
  func dependencies() async throws {
    let b = ComponentID.attribute("t", "b")
    func dependents(_ environment: TestEnvironment) async throws -> [DependencyGraph.Edge] {
      DependencyGraph(try await environment.whole(), kinds: .standard).dependents(of: b)
    }
    let told = try await environment(of: [Self.x, Self.y], given: [Self.x])
    #expect(try await dependents(told).map(\.via) == [["told by the environment"]])
    #expect(try await dependents(told).map(\.type) == [.published])
    // A package that shows it says where.
    let shown = try await environment(of: [Self.x, Self.y], given: [Self.x, Self.y])
    #expect(try await dependents(shown).allSatisfy { !$0.via.contains("told by the environment") })
    #expect(try await dependents(shown).count == 1)
    for environment in [told, shown] {
      try await environment.import("Y 1.1 by B\nshell t\nview v1 t a")
      #expect(try await dependents(environment).isEmpty)
    }
  }

  @Test(
    "strata.facts a plan on it is the plan with the same packages and facts",
    arguments: [[x, y], [x], [y], []]
  )
  func law(given: [String]) async throws {
    let all = [Self.x, Self.y]
    for silent in [[], [ComponentID.attribute("t", "b")]] as [Set<ComponentID>] {
      let environment = try await environment(of: all, given: given, silent: silent)
      let told = try InstalledState(
        try given.map { try PackageText($0).read() },
        among: try facts(all, silent: silent)
      )
      let whole = try await environment.whole()
      #expect(whole.facts == told.facts)
      #expect(whole.stacks == told.stacks)
      #expect(Set(whole.solutions.keys) == Set(told.solutions.keys))
      for text in Self.plans {
        let full = Plan.importing([try PackageText(text).read()], on: told).answered([:])
        let found = try await plan(text, on: environment)
        #expect(spelled(found) == spelled(full), "\(given) \(text)")
        #expect(found.facts == full.facts)
      }
      #expect(try await environment.broken() == [])
    }
  }

  @Test("DP-430 a use that was told stops a deletion until what used it is something else")
  func blocked() async throws {
    let environment = try await environment(of: [Self.x, Self.y], given: [Self.x])
    let refused = try await plan(Self.next, on: environment)
    #expect(refused.findings.contains { $0.code == "0x8004F01F" && $0.content.isTold })
    try await environment.import("Y 1.1 by B\nshell t\nview v1 t a")
    let free = try await plan(Self.next, on: environment)
    #expect(free.isApplicable)
    #expect(!free.findings.contains { $0.code == "strata.not-known" })
    try await environment.import(Self.next)
    #expect(try await environment.broken() == [])
  }

  @Test("What came later is known, and nobody calls a later version another one than was told")
  func later() async throws {
    let environment = try await environment(of: [Self.x, Self.y], given: [Self.x, Self.y])
    try await environment.import("N 1.0 by C\ntable n\ncolumn n.a nvarchar 10")
    let gone = try await plan("N 1.1 by C\ntable n", on: environment)
    #expect(gone.changes.contains { $0.id == .attribute("n", "a") && $0.action == .delete })
    #expect(gone.findings.filter { $0.severity == .error || $0.code == "strata.not-known" } == [])
    try await environment.import("Y 1.1 by B\nshell t\nview v1 t a")
    let again = try await plan("Y 1.2 by B\nshell t\nview v1 t a", on: environment)
    #expect(!again.findings.contains { $0.code == "strata.other-version-there" })
  }

  @Test("A table and columns whose content is shown at last keep rows as they say, and go back")
  func shown() async throws {
    let typed = """
      X 1.0 by A
      table t
      column t.n int
      column t.when datetime
      key t.k n
      """
    let environment = try await environment(of: [typed], given: [])
    #expect(try await environment.broken() == [])
    let upgraded = typed.replacing("X 1.0", with: "X 1.1")
    try await environment.import(upgraded)
    #expect(try await environment.broken() == [])
    let row = RowEdit(
      "t",
      .create(GUID(from: "row"), [RowEdit.Value("n", .text("7"))])
    )
    _ = try await environment.lifecycle.edit(
      [RowEdits("rows", [row])],
      by: Caller("tester", through: .api),
      knowing: KnownTables()
    )
    #expect(try await environment.broken() == [])
    try await environment.lifecycle.perform(.rollback(2), consent: .all)
    #expect(try await environment.broken() == [])
    let whole = try await environment.whole()
    #expect(whole.stacks[.attribute("t", "n")]?.isUntold == true)
  }

  @Test("What is not known is not compared; whose layers have come since is a difference")
  func difference() async throws {
    let all = [Self.x, Self.y]
    let whole = try await environment(of: all, given: [Self.x]).whole()
    let view = PackageText.guid("v1")
    let packages = StateDifference(from: try installed(all), to: whole, kinds: .standard)
    #expect(packages.unknown.map(\.id.key) == [view])
    #expect(packages.entries.isEmpty && packages.solutions.isEmpty && !packages.isEmpty)
    var newer = try facts(all)
    let place = try #require(newer.components.firstIndex { $0.id?.key == view })
    newer.components[place].layers?.append(
      Facts.Layer(solution: .active, publisher: .default, order: 9)
    )
    let later = StateDifference(
      from: whole,
      to: try InstalledState([try PackageText(Self.x).read()], among: newer),
      kinds: .standard
    )
    #expect(later.entries.map(\.component.id.key) == [view] && later.unknown.isEmpty)
    #expect(later.entries.first?.after == .active)
  }

  @Test("What nobody has shown is neither edited nor exported")
  func unknown() async throws {
    let work = "W 1.0 by C unmanaged\ntable w\ncolumn w.a nvarchar 10"
    let environment = try await environment(of: [Self.x, work], given: [Self.x])
    let edit = try await environment.lifecycle.plan(
      .customizing(
        .set(.attribute("w", "a"), [PropertyEdit("displayname@description", "Mine")]),
        in: nil
      ),
      counting: .skipped
    )
    #expect(edit.findings.contains { $0.severity == .error }, "\(edit.findings.map(\.code))")
    let name = try #require(SolutionName("W"))
    let export = try await environment.lifecycle.beneath.read { store in
      Export(
        of: try #require(try store.whole().solutions[name]),
        on: try store.slice(exporting: name) { [] },
        from: [],
        kinds: .standard
      )
    }
    #expect(export.findings.contains { $0.code == "strata.no-base-to-export" })
  }

  @Test("Its facts are gone when its first operation is undone, and cannot come later")
  func undone() async throws {
    let environment = try await environment(of: [Self.x], given: [])
    let facts = try facts([Self.x])
    await #expect(throws: StoreError.stale(planned: 0, now: 1)) {
      try await environment.lifecycle.perform(.taking(facts, with: []))
    }
    try await environment.lifecycle.perform(.rollback(1), consent: .all)
    let whole = try await environment.whole()
    #expect(whole.facts == nil && whole.stacks.isEmpty && whole.solutions.isEmpty)
    #expect(try await environment.whole(at: 1).facts?.facts == facts)
    #expect(try await environment.broken() == [])
  }

  @Test("Facts that are not what was kept are damage")
  func damaged() async throws {
    let environment = try await environment(of: [Self.x], given: [])
    try environment.damage("UPDATE told SET content = digest")
    #expect(try await environment.broken() != [])
    await #expect(throws: StoreError.self) { try await plan(Self.next, on: environment) }
  }
}
