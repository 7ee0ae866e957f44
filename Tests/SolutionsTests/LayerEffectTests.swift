import Solutions
import TestSupport
import Testing

/// Layers without effect are told, and those that lie beneath others are spared (docs/decisions/056).
@Suite("What a layer does")
struct LayerEffectTests {
  private func plan(
    _ text: String,
    on state: InstalledState,
    _ options: PlanOptions = PlanOptions()
  ) throws -> Plan {
    Plan.importing([try PackageText(text).read()], on: state, options: options)
  }

  private let base = "X 1.0 by A\ntable t\nforeign t.a nvarchar 50 Label"
  private let neighbor = "Y 1.0 by B\nshell t\nforeign t.a nvarchar 50 Label"

  @Test(
    "LA-8 a layer that says what is in effect is a change without properties; a mention is none"
  )
  func layerOnly() throws {
    let state = try installed([base])
    let install = try plan(neighbor, on: state)
    #expect(spelled(install) == "~ Attribute t.a")
    #expect(install.changes.map(\.isLayerOnly) == [true])
    #expect(install.changes.flatMap(\.properties) == [])
    #expect(install.unchanged == 0)
    let after = state.applying(install)
    let uninstall = Plan.uninstalling(try #require(SolutionName("Y")), on: after)
    #expect(spelled(uninstall) == "> Attribute t.a")
    #expect(uninstall.changes.map(\.id) == install.changes.map(\.id))
  }

  @Test("LA-8 unchanged is what keeps its layers: the same again is no change")
  func again() throws {
    let state = try installed([base, neighbor])
    let plan = try plan(neighbor, on: state)
    #expect(plan.changes.isEmpty)
    #expect(plan.unchanged == 1)
  }

  @Test("LA-8 an upgrade tells the layers that it adds without effect")
  func upgrade() throws {
    let state = try installed([base, "Y 1.0 by B\ntable u"])
    let plan = try plan("Y 1.1 by B\ntable u\nshell t\nforeign t.a nvarchar 50 Label", on: state)
    #expect(plan.changes.map(\.isLayerOnly) == [true])
    #expect(plan.unchanged == 1)
  }

  @Test("LY-902 a patch says nothing of the options that it does not name, coming or going")
  func patchedChoice() throws {
    let state = try installed(["X 1.0 by A\ntable t\nchoice c 0 1 2"])
    let patch = try plan("X_Patch_00000001 1.0.1 by A patch of X\nchoice c 0 3", on: state)
    #expect(patch.changes.flatMap(\.properties).map(\.path) == ["options/option[3]"])
    let name = try #require(SolutionName("X_Patch_00000001"))
    let back = Plan.uninstalling(name, on: state.applying(patch))
    #expect(back.changes.flatMap(\.properties).map(\.path) == ["options/option[3]"])
  }

  private func customized(_ texts: [String]) throws -> InstalledState {
    let state = try installed(texts)
    return state.applying(
      Plan.customizing(.set(.attribute("t", "a"), [PropertyEdit("MaxLength", "70")]), on: state)
    )
  }

  private let overwriting = PlanOptions(overwritesCustomizations: true)

  @Test(
    "LC-310 what lies beneath another managed solution is not overwritten, and the plan says so"
  )
  func spared() throws {
    let column = ComponentID.attribute("t", "a")
    for publisher in ["A", "B"] {
      let state = try customized([
        base, "Y 1.0 by \(publisher)\nshell t\nforeign t.a nvarchar 60 Label",
      ])
      let plan = try plan(
        "X 1.1 by A\ntable t\nforeign t.a nvarchar 90 Label",
        on: state,
        overwriting
      )
      let after = state.applying(plan)
      #expect(after.effective(column, "MaxLength") == "70")
      #expect(
        after.stacks[column]?.layer(of: .active)?.definition
          == state.stacks[column]?.layer(of: .active)?.definition
      )
      // The solution's own layer is written as ever.
      let own = after.stacks[column]?.layer(of: try #require(SolutionName("X")))
      #expect(own.map { Properties($0.definition).value(at: "MaxLength") } == "90")
      let told = plan.findings.first { $0.code == Overwritten.kind.code }
      #expect(told?.because == ["Attribute:t.a: its customizations stay, since Y lies above"])
    }
  }

  @Test("LC-310 the solution's own patches are no others, and nobody above means overwritten")
  func ownPatches() throws {
    let patch = "X_Patch_00000001 1.0.1 by A patch of X\nshell t\nforeign t.a nvarchar 55 Label"
    for texts in [[base], [base, patch]] {
      let state = try customized(texts)
      let plan = try plan(
        "X 1.1 by A\ntable t\nforeign t.a nvarchar 90 Label",
        on: state,
        overwriting
      )
      #expect(state.applying(plan).effective(.attribute("t", "a"), "MaxLength") == "90")
    }
  }
}
