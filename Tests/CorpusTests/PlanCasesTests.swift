import Solutions
import TestSupport
import Testing

/// Faults found in use that lie beside the checkout where there are any: plans, layers and states.
@Suite("Cases of plans", .enabled(if: Cases.arePresent, "the cases are not beside the checkout"))
struct PlanCasesTests {
  @Test("PL-17 plans-phantom-circle goes in as a set in any order")
  func phantomCircle() throws {
    for trees in [("base", "x", "y"), ("y", "x", "base")] {
      let plan = try Cases.plan(trees.0, trees.1, trees.2, of: "plans-phantom-circle")
      #expect(plan.findings.filter { $0.severity != .info } == [])
      #expect(plan.packages.first?.name.text == "Base")
    }
  }

  @Test("PL-21 plans-export-generations changes in metadata only")
  func exportGenerations() throws {
    let plan = try Cases.plan("new", of: "plans-export-generations", against: ["old"])
    #expect(plan.changes.count == 10)
    #expect(plan.changes.allSatisfy { $0.impact == .metadata })
    #expect(plan.solutions.count == 1)
  }

  @Test(
    "PL-20 plans-offline-verdict leaves one need unknown, unless its solution is said to be there"
  )
  func offlineVerdict() throws {
    let plan = try Cases.plan("over1", of: "plans-offline-verdict", against: ["base"])
    #expect(
      plan.findings.filter { $0.code == MissingDependencies.kind.code }.flatMap(\.because).count
        == 1
    )
    var options = PlanOptions()
    options.assumedSolutions = [try #require(SolutionName("Third")): SolutionVersion("3.0")]
    let assumed = try Cases.plan(
      "over1",
      of: "plans-offline-verdict",
      against: ["base"],
      options: options
    )
    #expect(assumed.findings.filter { $0.severity != .info } == [])
  }

  @Test("LA-8 layers-only tells the layer that changes nothing")
  func layersOnly() throws {
    let plan = try Cases.plan("neighbour-1.0", of: "layers-only", against: ["base-1.0"])
    #expect(spelled(plan) == "~ Attribute smp_thing.smp_x")
    #expect(plan.changes.map(\.isLayerOnly) == [true])
    #expect(plan.unchanged == 0)
  }

  @Test("LA-4 layers-steps is switched on by a version that changes nothing else")
  func layersSteps() throws {
    for version in ["auto-1.0", "auto-1.1"] {
      let on = try Cases.plan(
        version,
        of: "layers-steps",
        against: ["auto-1.0"],
        options: PlanOptions(enablesProcesses: true)
      )
      #expect(on.changes.count == 2)
      #expect(
        on.changes.flatMap(\.properties).allSatisfy { $0.before == "off" && $0.after == "on" }
      )
      let off = try Cases.plan(version, of: "layers-steps", against: ["auto-1.0"])
      #expect(off.changes.isEmpty)
    }
  }

  @Test("LA-2 layers-overwrite spares what lies beneath a neighbour")
  func layersOverwrite() throws {
    let column = ComponentID.attribute("smp_thing", "smp_x")
    var state = InstalledState()
    for tree in ["base-1.0", "neighbour-1.0"] {
      state = state.applying(
        Plan.importing([try Cases.read("layers-overwrite/\(tree)")], on: state)
      )
    }
    let edit = PropertyEdit("displaynames/displayname@description", "Mine")
    state = state.applying(Plan.customizing(.set(column, [edit]), on: state))
    let plan = Plan.importing(
      [try Cases.read("layers-overwrite/base-1.1")],
      on: state,
      options: PlanOptions(overwritesCustomizations: true)
    )
    let after = state.applying(plan)
    #expect(after.effective(column, "MaxLength") == "200")
    #expect(after.effective(column, "displaynames/displayname@description") == "Mine")
    #expect(plan.findings.contains { $0.code == Overwritten.kind.code && $0.because.count == 1 })
  }
}
