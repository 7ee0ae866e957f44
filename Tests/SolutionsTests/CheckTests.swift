import TestSupport
import Testing

@testable import Solutions

@Suite("Checks")
struct CheckTests {
  private static let seeds = 0..<4 as Range<UInt64>

  private func read(_ text: String) throws -> SolutionPackage { try PackageText(text).read() }

  /// Plans of all sorts over one state.
  private struct Story {
    let state: InstalledState
    let next: SolutionPackage
    let mine: SolutionPackage
    let x: SolutionName

    init(_ bodies: [String]) throws {
      state = try installed([
        "X 1.0 by A\n" + bodies[0], "Y 1.0 by B\n" + bodies[1],
        "Mine 1.0 by A unmanaged\n" + bodies[2],
      ])
      next = try PackageText("X 1.1 by A\n" + bodies[3]).read()
      mine = try PackageText("Mine 1.1 by A unmanaged\n" + bodies[4]).read()
      x = try #require(SolutionName("X"))
    }

    func plans(skipping skipped: Set<String> = []) -> [Plan] {
      var options = PlanOptions(publishes: true)
      options.skippedChecks = skipped
      var plans = [
        Plan.importing([next], on: state, options: options),
        Plan.importing([mine], on: state, options: options),
        Plan.uninstalling(x, on: state, options: options),
      ]
      options.choice = .stage
      let stage = Plan.importing([next], on: state, options: options)
      let staged = state.applying(stage)
      plans.append(stage)
      plans.append(Plan.applyingUpgrade(of: x, on: staged, options: options))
      plans.append(Plan.discardingUpgrade(of: x, on: staged, options: options))
      return plans
    }

    func expectSameEffects() -> Int {
      let whole = plans()
      for name in Checks.allNames {
        for (plan, other) in zip(whole, plans(skipping: [name])) {
          #expect(plan.effects == other.effects, "\(name)")
          #expect(plan.changes == other.changes, "\(name)")
          #expect(other.findings.allSatisfy { plan.findings.contains($0) }, "\(name)")
        }
      }
      let silent = plans(skipping: Set(Checks.allNames))
      #expect(silent.map(\.effects) == whole.map(\.effects))
      return whole.map(\.findings.count).reduce(0, +) - silent.map(\.findings.count).reduce(0, +)
    }
  }

  @Test("Dropping any check changes findings only, never effects", arguments: seeds)
  func droppedChecks(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let story = try Story((0..<5).map { _ in RandomPackage.body(&random) })
    #expect(story.expectSameEffects() >= 0)
  }

  @Test("Dropping checks that have much to say changes no effects either")
  func droppedRefusals() throws {
    let table = "table t\ncolumn t.new_a nvarchar 100\ncolumn t.new_b nvarchar 100"
    let story = try Story([
      table + "\nview v t new_a\nform f t new_a", "view w t new_a\nform g t new_b",
      "view m t new_b", "table t\ncolumn t.new_b int\nform f t new_gone",
      "view m t new_gone",
    ])
    #expect(story.expectSameEffects() > 5)
  }

  @Test("A check that is asked twice says the same", arguments: seeds)
  func askedTwice(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let state = try installed(["X 1.0 by A\n" + RandomPackage.body(&random)])
    let package = try read("Y 1.1 by B\n" + RandomPackage.body(&random))
    let planner = Planner(on: state, kinds: .standard)
    for check in Checks.ofArrivals {
      #expect(planner.findings(of: [check], package) == planner.findings(of: [check], package))
    }
    let solution = try #require(state.solutions.values.first)
    for component in package.components {
      let statement = Statement(
        component,
        kind: planner.kinds[component.id.type],
        by: solution,
        source: .package(prefix: "new"),
        over: state.stacks[component.id],
        own: state.stacks[component.id]?.top,
        rank: .active
      )
      for check in Checks.ofStatements + statement.kind.checks {
        #expect(
          planner.findings(of: [check], statement) == planner.findings(of: [check], statement)
        )
      }
    }
  }

  @Test("Each check has a name of its own")
  func names() {
    #expect(Set(Checks.allNames).count == Checks.allNames.count)
    #expect(Checks.allNames.count > 20)
  }
}
