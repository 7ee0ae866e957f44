import Solutions
import TestSupport
import Testing

/// Ways back over seeds: uninstalling, discarding and rolling back lead to what was before, and say so.
@Suite("Laws of the ways back")
struct WayBackLawTests {
  private let x = SolutionName("X")

  private func plan(_ text: String, on state: InstalledState, stages: Bool = false) throws -> Plan {
    Plan.importing(
      [try PackageText(text).read()],
      on: state,
      options: PlanOptions(
        choice: stages ? .stage : .auto,
        assumesPresent: true,
        publishes: true
      )
    )
  }

  @Test(
    "LC-408 uninstall after install is identity, what was assumed included",
    arguments: LawTests.seeds
  )
  func uninstall(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let before = try installed(["Low 1.0 by B\n" + AssumingPackage.body(&random, "low")])
    let install = try plan("X 1.0 by A\n" + AssumingPackage.body(&random, "x"), on: before)
    try #require(install.isApplicable)
    let after = before.applying(install)
    let uninstall = Plan.uninstalling(try #require(x), on: after)
    #expect(uninstall.isApplicable)
    let back = after.applying(uninstall)
    #expect(back.fingerprint == before.fingerprint)
    #expect(back.brokenInvariants() == [])
  }

  @Test(
    "LC-414 a stage can always be given up, and nothing is left of it",
    arguments: LawTests.seeds
  )
  func discard(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let before = try installed([
      "Low 1.0 by B\n" + AssumingPackage.body(&random, "low"),
      "X 1.0 by A\n" + AssumingPackage.body(&random, "x"),
    ])
    let text = "X 1.1 by A\n" + AssumingPackage.body(&random, "x")
    let stage = try plan(text, on: before, stages: true)
    guard stage.isApplicable else { return }
    let staged = before.applying(stage)
    let discard = Plan.discardingUpgrade(of: try #require(x), on: staged)
    #expect(discard.isApplicable)
    #expect(staged.applying(discard).fingerprint == before.fingerprint)
  }

  @Test(
    "PF-215 a rollback leads to the fingerprint of then, and its plan is the inverse",
    arguments: LawTests.seeds
  )
  func inverse(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let state = try installed([
      "Low 1.0 by B\n" + AssumingPackage.body(&random, "low"),
      "X 1.0 by A\n" + AssumingPackage.body(&random, "x"),
    ])
    let next = "X 1.1 by A\n" + AssumingPackage.body(&random, "x")
    let staged = state.applying(try plan(next, on: state, stages: true))
    let x = try #require(x)
    for (before, plan) in [
      (state, try plan(next, on: state)), (state, try plan(next, on: state, stages: true)),
      (state, Plan.uninstalling(x, on: state)),
      (state, try plan("Y 1.0 by C\n" + AssumingPackage.body(&random, "y"), on: state)),
      (staged, Plan.applyingUpgrade(of: x, on: staged)),
      (staged, Plan.discardingUpgrade(of: x, on: staged)),
    ] {
      let after = before.applying(plan)
      let back = Plan.restoring(before, on: after, undoing: 1)
      let restored = after.applying(back)
      #expect(restored.fingerprint == before.fingerprint)
      let again = Plan.restoring(after, on: restored, undoing: 2)
      #expect(restored.applying(again).fingerprint == after.fingerprint)
      expectInverse(plan, back, before, after)
      expectInverse(again, back, before, after)
    }
  }

  /// Of what is in effect before and after.
  private func expectInverse(
    _ plan: Plan,
    _ back: Plan,
    _ before: InstalledState,
    _ after: InstalledState
  ) {
    func told(_ plan: Plan) -> [ComponentID: Change.Action] {
      let effective = plan.changes.filter { change in
        func definition(_ state: InstalledState) -> Definition? {
          state.stacks[change.id]?.effective(ComponentKinds.standard[change.id.type].merge)
            .definition
        }
        return definition(before) != definition(after)
      }
      return Dictionary(effective.map { ($0.id, $0.action) }) { first, _ in first }
    }
    let (there, andBack) = (told(plan), told(back))
    for id in Set(there.keys).union(andBack.keys) {
      let isInverse =
        switch (there[id], andBack[id]) {
        case (.add, .delete), (.delete, .add), (.change, .change), (.change, .dereference),
          (.dereference, .change):
          true
        // A mention is told when it goes only.
        case (.dereference, nil): after.stacks[id]?.layers.allSatisfy(\.isAssumed) ?? true
        default: false
        }
      #expect(
        isInverse,
        "\(id): \(String(describing: there[id])), \(String(describing: andBack[id]))"
      )
    }
  }
}

/// Packages that say something of the platform's and of their own.
enum AssumingPackage {
  static func body(_ random: inout SeededGenerator, _ own: String) -> String {
    var lines = [
      "table \(own)t", "column \(own)t.a nvarchar \(Int.random(in: 1...3, using: &random))",
    ]
    func some(_ line: String) { if Bool.random(using: &random) { lines.append(line) } }
    some("column \(own)t.b nvarchar 5")
    some("view v\(own) \(own)t a b")
    some("form f\(own) \(own)t a b")
    some("root 60 g\(own)")
    some("form g\(own) \(own)t a")
    if Bool.random(using: &random) {
      lines.append("shell account")
      some("column account.\(own)_c nvarchar \(Int.random(in: 1...3, using: &random))")
      some("foreign account.new_f nvarchar \(own.count)")
      some("form F account + a\(own)")
      some("view w\(own) account name")
    }
    some("shell contact")
    some("map - m\(own)")
    return lines.joined(separator: "\n")
  }
}
