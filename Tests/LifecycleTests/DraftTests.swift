import EnvironmentSupport
import Lifecycle
import SQL
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Drafts in an environment.
@Suite("Drafts in an environment", .everyBackend)
struct EnvironmentDraftTests {
  private let view = ComponentID(.number(26), PackageText.guid("v"))
  private let base = "X 1.0 by A\ntable t\ncolumn t.a\ncolumn t.b\nview v t a"
  private let mine =
    "U 1.0 by A unmanaged\nshell t\nview v t b\nview w t b\nresource new_/u.js x"

  private func name(_ text: String) throws -> SolutionName { try #require(SolutionName(text)) }

  private func rename(_ text: String) -> Customization {
    .set(view, [PropertyEdit("LocalizedName@description", text)])
  }

  @Test("LC-331 drafts stay what they are until they are published, and each step can be undone")
  func story() async throws {
    let environment = try await TestEnvironment()
    let lifecycle = environment.lifecycle
    try await environment.import(base)
    try await environment.import(mine)
    let drafted = try await environment.reopened().beneath.read { try $0.whole() }
    #expect(drafted.drafts.count == 3)
    #expect(drafted.stacks[view]?.layers.map(\.solution.text) == ["X"])
    try await lifecycle.perform(.publishing(.components([.entity("t")])))
    let some = try await environment.whole()
    #expect(some.drafts.keys.map(\.key) == ["new_/u.js"])
    try await lifecycle.perform(.publishing(.all))
    let done = try await environment.whole()
    #expect(done.drafts.isEmpty)
    #expect(done.stacks[view]?.layers.map(\.solution.text) == ["X", "Active"])
    #expect(try await lifecycle.perform(.publishing(.all)).operation == nil)
    #expect(try await environment.whole(at: 2).fingerprint == drafted.fingerprint)
    for (number, state) in [(4, some), (3, drafted)] {
      try await lifecycle.perform(.rollback(number), consent: .none)
      #expect(try await environment.whole().drafts == state.drafts)
      #expect(try await environment.whole().fingerprint == state.fingerprint)
    }
    let titles = try await lifecycle.beneath.read { try $0.history() }.reversed().map(
      \.record.title
    )
    #expect(titles[2...3] == ["publish Entity:t", "publish all customizations"])
    #expect(try await environment.broken() == [])
  }

  @Test("Drafts are found by component, by table and by what a solution lists")
  func queries() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    try await environment.import(mine)
    let (all, parts, none, members) = try await environment.lifecycle.beneath.read { session in
      (
        try session.drafts(), try session.drafts(of: [.entity("t")]),
        try session.drafts(of: [.attribute("t", "a")]), try session.members(of: name("U"))
      )
    }
    #expect(all.count == 3)
    #expect(parts.count == 2)
    #expect(none.isEmpty)
    let told = members.filter(\.hasDraft).map { "\($0.id.key) \($0.layers)" }
    #expect(
      told.sorted() == ["\(view.key) 1", "\(PackageText.guid("w")) 0", "new_/u.js 0"].sorted()
    )
    try await environment.lifecycle.perform(.publishing(.solution(name("U"))))
    #expect(try await environment.lifecycle.beneath.read { try $0.drafts() } == [])
  }

  @Test("DP-205 an upgrade is refused where only a draft needs what it drops")
  func blocked() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    try await environment.import("U 1.0 by A unmanaged\nshell t\nview w t b")
    let smaller = base.replacing("1.0", with: "1.1").replacing("\ncolumn t.b", with: "")
    await #expect(throws: LifecycleError.self) { try await environment.import(smaller) }
    let w = ComponentID(.number(26), PackageText.guid("w"))
    try await environment.lifecycle.perform(.customizing(.remove(w), in: nil), consent: .all)
    try await environment.import(smaller)
    #expect(try await environment.broken() == [])
  }

  @Test("LC-331 an import that publishes takes the drafts of the whole environment along")
  func publishes() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    try await environment.import(mine)
    let far = "Far 1.0 by B\ntable far"
    try await environment.import(far, options: PlanOptions(publishes: true))
    #expect(try await environment.whole().drafts.isEmpty)
    #expect(try await environment.broken() == [])
  }

  @Test("LY-305 what a published draft masks counts from when the draft was begun")
  func masked() async throws {
    let environment = try await TestEnvironment()
    let lifecycle = environment.lifecycle
    func masked() async throws -> [Int] {
      try await lifecycle.beneath.read { try $0.maskings().map(\.since) }
    }
    try await environment.import(base)
    try await lifecycle.perform(.customizing(rename("Mine"), in: nil))
    try await lifecycle.perform(.customizing(rename("Ours"), in: nil))
    try await environment.import(
      base.replacing("1.0", with: "1.1").replacing("view v t a", with: "view v t a b")
    )
    // A draft hides nothing.
    #expect(try await masked() == [])
    #expect(try await lifecycle.beneath.read { try $0.customized() } == [])
    #expect(try await lifecycle.beneath.read { try $0.customized(by: .draft) } == [view])
    let done = try await lifecycle.perform(.publishing(.all))
    #expect(done.plan.findings.map(\.code) == [DraftMasks.kind.code])
    #expect(try await masked() == [2])
    try await lifecycle.perform(.rollback(5))
    #expect(try await masked() == [])
  }

  @Test("A draft of what takes effect at once, or without its references, is found to be broken")
  func broken() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    try await environment.import(mine)
    let database = environment.lifecycle.beneath.database
    try await database.write { session in
      try session.execute(
        """
        INSERT INTO layer (component, solution, publisher, block, guest, statement, name, file, line, opened)
        SELECT component, '(draft)', publisher, 0, 0, statement, name, file, line, opened FROM layer
        WHERE name = 't.a'
        """
      )
    }
    let broken = try await environment.broken()
    #expect(broken.contains("Attribute:t.a has a draft and takes effect at once"))
    try await database.write { session in
      try session.execute("DELETE FROM layer WHERE name = 't.a' AND solution = '(draft)'")
      try session.execute(
        """
        DELETE FROM reference WHERE statement IN
          (SELECT statement FROM layer WHERE solution = '(draft)' AND display_name = 'w')
        """
      )
    }
    #expect(try await environment.broken().count == 1)
  }

  @Test("Drafts are found by their index, without looking at all layers")
  func index() async throws {
    // How a server reads is its own affair, and it tells in its own words.
    let environment = try await Backend.$current.withValue(.sqlite) { try await TestEnvironment() }
    let steps = try await environment.lifecycle.beneath.database.read { session in
      try session.rows("EXPLAIN QUERY PLAN \(StoreReader.draftQuery)") { try $0.text(3) }
    }
    #expect(steps == ["SEARCH layer USING INDEX layer_draft (solution=?)"])
  }

  @Test("A solution may be called Draft")
  func namedDraft() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("Draft 1.0 by A\ntable t\ncolumn t.a\nview v t a")
    let state = try await environment.whole()
    #expect(state.drafts.isEmpty)
    #expect(state.stacks[view]?.layers.map(\.solution.text) == ["Draft"])
  }
}
