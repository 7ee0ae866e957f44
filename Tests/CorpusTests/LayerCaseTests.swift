import TestSupport
import Testing

@testable import Solutions

/// Faults of layers and edits found in use, on the packages that showed them.
@Suite(
  "Cases of layers and edits",
  .enabled(if: Cases.arePresent, "the cases are not beside the checkout")
)
struct LayerCaseTests {
  private static let form = ComponentID(.systemForm, "aaaaaaaa-0000-4000-8000-000000000001")
  private static let column = ComponentID.attribute("smp_thing", "smp_x")

  private func installed(_ trees: String..., of folder: String) throws -> InstalledState {
    try trees.reduce(InstalledState()) { state, tree in
      let package = try Cases.read("\(folder)/\(tree)")
      let options = PlanOptions(publishes: true)
      return state.applying(Plan.importing([package], on: state, options: options))
    }
  }

  /// What an edit changes: `path: before → after`.
  private func edited(
    _ customization: Customization,
    on state: InstalledState
  ) -> (lines: [String], state: InstalledState) {
    let plan = Plan.customizing(customization, on: state, options: PlanOptions(publishes: true))
    let lines = plan.changes.flatMap(\.properties).map {
      "\($0.path): \($0.before ?? "∅") → \($0.after ?? "∅")"
    }
    return (plan.isApplicable ? lines : plan.findings.map(\.message), state.applying(plan))
  }

  private func handler(_ column: String) -> PropertyEdit {
    PropertyEdit("form/events/event[\(column)]@active", "false")
  }

  @Test("PF-443 layers-edit A, B: each of two handlers is edited, together and one after the other")
  func handlers() throws {
    let state = try installed("forms-managed", of: "layers-edit")
    let a = "form/events/event[onchange smp_a]@active: true → false"
    let b = "form/events/event[onchange smp_b]@active: true → false"
    #expect(
      edited(.set(Self.form, [handler("smp_a"), handler("smp_b")]), on: state).lines == [a, b]
    )
    let first = edited(.set(Self.form, [handler("smp_a")]), on: state)
    let second = edited(.set(Self.form, [handler("smp_b")]), on: first.state)
    #expect([first.lines, second.lines] == [[a], [b]])
  }

  @Test(
    "PF-443, PF-615 layers-edit C–F: a patch changes the element that it names",
    arguments: [
      (
        "<form><events><event name='onchange' attribute='smp_b' active='false' solutionaction='Modified'/></events></form>",
        "form/events/event[onchange smp_b]@active: true → false"
      ),
      (
        "<form><controlDescriptions><controlDescription forControl='{44444444-0000-4000-8000-000000000002}' solutionaction='Removed'/></controlDescriptions></form>",
        "form/controlDescriptions/controlDescription[{44444444-0000-4000-8000-000000000002}]: "
      ),
      (
        "<form><controlDescriptions><controlDescription forControl='{44444444-0000-4000-8000-000000000002}'><customControl formFactor='2' name='A' solutionaction='Removed'/></controlDescription></controlDescriptions></form>",
        "form/controlDescriptions/controlDescription[{44444444-0000-4000-8000-000000000002}]/customControl[2 A]: "
      ),
      // LA-13 c: of several handlers it has to name one.
      (
        "<form><events><event name='onchange' active='false' solutionaction='Modified'/></events></form>",
        "the difference changes what Form “Information”"
      ),
    ]
  )
  func patches(difference: String, line: String) throws {
    for package in ["forms-managed", "forms-unmanaged"] {
      let state = try installed(package, of: "layers-edit")
      let patch = Customization.patch(
        Self.form,
        difference: Array(difference.utf8),
        file: "patch.xml"
      )
      let lines = edited(patch, on: state).lines
      #expect(lines.count == 1, "\(package): \(lines)")
      #expect(lines.first?.hasPrefix(line) == true, "\(package): \(lines)")
    }
  }

  @Test("PF-615 layers-edit F: a web resource goes from an app, and a table of its name stays")
  func app() throws {
    let state = try installed("app-unmanaged", of: "layers-edit")
    let app = try #require(
      state.standing(ComponentID(ComponentKind.appModule.type, "smp_app"))?.top.component.id
    )
    let difference =
      "<AppModule><AppModuleComponents><AppModuleComponent type='61' schemaName='account' solutionaction='Removed'/></AppModuleComponents></AppModule>"
    let patch = Customization.patch(app, difference: Array(difference.utf8), file: "app.xml")
    let result = edited(patch, on: state)
    #expect(
      result.lines == [
        "AppModuleComponents/AppModuleComponent[61 account]: schemaName=account, type=61 → ∅"
      ]
    )
    #expect(
      result.state.effective(app, "AppModuleComponents/AppModuleComponent[1 account]@type") == "1"
    )
  }

  @Test("LA-5 layers-paths: an entry that comes is one line, and blame names who brought each")
  func paths() throws {
    let added = "AppModuleComponents/AppModuleComponent[1 contact]"
    let next = try Cases.plan("apps-1.1", of: "layers-paths", against: ["apps-1.0"])
    #expect(next.changes.flatMap(\.properties).map(\.path) == [added])
    let other = try Cases.plan("more-1.0", of: "layers-paths", against: ["apps-1.0"])
    #expect(
      other.changes.flatMap(\.properties).map(\.path) == [
        "SiteMap/Area[A]/Group[H]/SubArea[two]", added,
      ]
    )
    let state = try installed("apps-1.0", "more-1.0", of: "layers-paths")
    for (id, stack) in state.stacks where stack.layers.count > 1 {
      let merge = ComponentKinds.standard[id.type].merge
      let lines = Blame(stack, merge: merge).lines.filter { $0.layer.solution.text == "More" }
      #expect(
        lines.allSatisfy { $0.path.contains("SubArea[two]") || $0.path.hasPrefix(added) },
        "\(lines.map(\.path))"
      )
      #expect(!lines.isEmpty)
    }
  }

  @Test("LY-401 layers-labels: a language that the upper layer lacks stays, and comes back whole")
  func labels() throws {
    let plan = try Cases.plan("neighbour-1.0", of: "layers-labels", against: ["base-1.0"])
    #expect(
      plan.changes.flatMap(\.properties).map {
        "\($0.path): \($0.effectiveBefore ?? "∅") → \($0.effectiveAfter ?? "∅")"
      } == ["displaynames/displayname[1031]@description: Farbe → Farbton"]
    )
    let state = try installed("base-1.0", "neighbour-1.0", of: "layers-labels")
    func labels(_ state: InstalledState) -> [String?] {
      ["1033", "1031"].map {
        state.effective(Self.column, "displaynames/displayname[\($0)]@description")
      }
    }
    #expect(labels(state) == ["Color", "Farbton"])
    let name = try #require(SolutionName("Neighbour"))
    let without = state.applying(
      Plan.uninstalling(name, on: state)
    )
    #expect(labels(without) == ["Color", "Farbe"])
  }

  @Test("LY-1302 layers-managed-properties: what the owner says is in effect, whoever lies above")
  func managed() throws {
    let state = try installed("base-1.0", "neighbour-1.0", of: "layers-managed-properties")
    let stack = try #require(state.stacks[Self.column])
    let merge = ComponentKinds.standard[.attribute].merge
    let update = try #require(stack.updates(merge).last)
    #expect(update.properties.map(\.path) == ["MaxLength", "Length"])
    let lines = Blame(stack, merge: merge).lines.filter { $0.path == "IsRenameable" }
    #expect(lines.map { "\($0.layer.solution) \($0.value)" } == ["Base 0"])
    let next = Plan.importing(
      [try Cases.read("layers-managed-properties/base-1.1")],
      on: state
    )
    let change = try #require(next.changes.first { $0.id == Self.column })
    #expect(!change.isMasked)
    #expect(
      change.properties.map {
        "\($0.path): \($0.effectiveBefore ?? "∅") → \($0.effectiveAfter ?? "∅")"
      } == ["IsRenameable: 0 → 1"]
    )
  }

  @Test("LY-902 layers-choice: a layer removes no option of others, and blame knows who said each")
  func choice() throws {
    let state = try installed("base-1.0", "relabel-1.0", "extra-1.0", of: "layers-choice")
    let (id, stack) = try #require(state.stacks.first { $0.key.type == .optionSet })
    let merge = ComponentKinds.standard[id.type].merge
    let updates = stack.updates(merge).map { $0.properties.map(\.path) }
    #expect(
      updates == [
        [],
        [
          "options/option[100000000]/labels/label[1033]@description", "options/option[200000000]",
        ],
        ["options/option[300000000]"],
      ]
    )
    let crimson = Blame(stack, merge: merge).lines.filter { $0.value == "Crimson" }
    #expect(crimson.map(\.layer.solution.text) == ["Relabel"])
    #expect(crimson.map(\.since.solution.text) == ["Relabel"])
  }

  @Test("LY-104 layers-ribbon: the ribbon of a solution's own table lies over nothing")
  func ribbon() throws {
    let state = try installed("base-1.0", of: "layers-ribbon")
    let stacks = state.stacks.filter { $0.key.type == .ribbonDiff }
    #expect(stacks.map { $0.value.layers.map(\.solution.text) } == [["Base"]])
  }
}
