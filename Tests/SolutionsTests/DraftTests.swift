import Solutions
import TestSupport
import Testing

/// Unmanaged work that waits until it is published (lifecycle.md §3.9).
@Suite("Drafts")
struct DraftTests {
  private static let base =
    "X 1.0 by A\ntable t\ncolumn t.a\ncolumn t.b\ncolumn t.c\nview v t a\nform f t a\nresource new_/a.js x"
  private let view = ComponentID(.number(26), PackageText.guid("v"))
  private let other = ComponentID(.number(26), PackageText.guid("w"))
  private let form = ComponentID(.number(60), PackageText.guid("f"))
  private let unpublished = PlanOptions()

  private func name(_ text: String) throws -> SolutionName { try #require(SolutionName(text)) }

  /// Managed packages first, then unmanaged ones as drafts.
  private func drafted(_ managed: [String], _ unmanaged: String...) throws -> InstalledState {
    try installed(unmanaged, on: try installed(managed), options: unpublished)
  }

  private func importing(
    _ text: String,
    on state: InstalledState,
    _ options: PlanOptions = PlanOptions()
  ) throws -> Plan {
    Plan.importing([try PackageText(text).read()], on: state, options: options)
  }

  private func codes(_ plan: Plan) -> [String] {
    plan.findings.filter { $0.severity != .info }.map(\.code)
  }

  private func label(_ state: InstalledState, _ id: ComponentID) -> String? {
    state.effective(id, "LocalizedNames/LocalizedName@description")
  }

  private func rename(_ id: ComponentID, _ text: String) -> Customization {
    .set(id, [PropertyEdit("LocalizedNames/LocalizedName@description", text)])
  }

  // MARK: What becomes a draft

  @Test(
    "LC-331 forms, views, charts, site maps, ribbons, apps and web resources wait; LY-605 only site maps are pending"
  )
  func kinds() {
    func names(_ publishing: ComponentKind.Publishing) -> [String] {
      ComponentKinds.standard.all.filter { $0.publishing == publishing }.map(\.name)
    }
    #expect(
      names(.onDemand) == [
        "SavedQuery", "RibbonCustomization", "RibbonDiff", "SavedQueryVisualization", "SystemForm",
        "WebResource", "AppModule",
      ]
    )
    #expect(names(.pending) == ["SiteMap"])
  }

  @Test("LC-331 an unmanaged import leaves drafts, and what is no draft takes effect at once")
  func unmanagedImport() throws {
    let state = try installed([Self.base])
    let plan = try importing(
      "U 1.0 by A unmanaged\nshell t\ncolumn t.u\nview v t a b\nview w t u\nform f t a u\nresource new_/b.js y\nchoice o 1\nrole r",
      on: state
    )
    #expect(
      spelled(plan) == """
        + Attribute t.u
        + OptionSet o
        + Role r
        + SavedQuery w draft saved
        + WebResource new_/b.js draft saved
        ~ SavedQuery v draft saved
        ~ SystemForm f draft saved
        """
    )
    let after = state.applying(plan)
    #expect(after.drafts.count == 4)
    #expect(after.stacks[view] == state.stacks[view])
    #expect(after.stacks[form] == state.stacks[form])
    #expect(after.stacks[.webResource("new_/b.js")] == nil)
    #expect(after.componentState(of: view) == .unpublished)
    #expect(after.componentState(of: .attribute("t", "u")) == .published)
    #expect(after.brokenInvariants() == [])
    // What a draft says is told beside what stays in effect.
    let cell = try #require(
      plan.changes.first { $0.id == view }?.properties.first { $0.path.contains("[b]") }
    )
    #expect(cell.after != nil && cell.effectiveAfter == nil)
    #expect(try importing("U 1.0 by A unmanaged\nshell t\nview v t a b", on: after).changes.isEmpty)
  }

  @Test("LC-331 publishing does what the import would have done without drafts")
  func publishing() throws {
    let unmanaged =
      "U 1.0 by A unmanaged\nshell t\nview v t a b\nview w t b\nform f t a b\nribbon t b\nmap m\nresource new_/a.js y"
    let state = try drafted([Self.base], unmanaged)
    let plan = Plan.publishing(.all, on: state)
    #expect(
      spelled(plan).split(separator: "\n").allSatisfy { $0.hasSuffix(" draft published") }
    )
    let after = state.applying(plan)
    #expect(after.drafts.isEmpty)
    #expect(after.isSame(as: try installed([Self.base, unmanaged])))
    #expect(Plan.publishing(.all, on: after).effects.isEmpty)
    let atOnce = try importing(
      unmanaged,
      on: try installed([Self.base]),
      PlanOptions(publishes: true)
    )
    #expect(atOnce.changes.allSatisfy { $0.draft == nil })
  }

  @Test(
    "LC-331 an edit goes on from the draft; what is in effect, blame and the layers do not see it"
  )
  func edits() throws {
    let state = try installed([Self.base])
    for id in [view, form] {
      let first = Plan.customizing(rename(id, "Mine"), on: state)
      let once = state.applying(first)
      #expect(once.stacks == state.stacks)
      #expect(label(once, id) == label(state, id))
      let stack = try #require(once.stacks[id])
      #expect(
        !Blame(stack, merge: ComponentKinds.standard[id.type].merge).lines.contains {
          $0.value == "Mine"
        }
      )
      let second = Plan.customizing(.set(id, [PropertyEdit("IsCustomizable", "1")]), on: once)
      #expect(second.effects.isEmpty)
      let twice = once.applying(Plan.customizing(rename(id, "Ours"), on: once))
      #expect(twice.drafts.count == 1)
      let published = twice.applying(Plan.publishing(.all, on: twice))
      #expect(label(published, id) == "Ours")
      #expect(published.stacks[id]?.layers.map(\.solution.text) == ["X", "Active"])
      // Back to what is published: no draft is left.
      let third = published.applying(Plan.customizing(rename(id, "Third"), on: published))
      let back = Plan.customizing(rename(id, "Ours"), on: third)
      #expect(back.changes.map(\.draft) == [.discarded])
      #expect(third.applying(back).isSame(as: published))
    }
  }

  @Test("LC-331 an edit that is published at once leaves no draft")
  func editAtOnce() throws {
    var state = try installed([Self.base])
    state = state.applying(Plan.customizing(rename(view, "Mine"), on: state))
    let plan = Plan.customizing(
      .set(view, [PropertyEdit("IsDefault", nil)]),
      on: state,
      options: PlanOptions(publishes: true)
    )
    #expect(codes(plan) == ["strata.no-such-property"])
    let renamed = Plan.customizing(
      rename(view, "Ours"),
      on: state,
      options: PlanOptions(publishes: true)
    )
    #expect(label(state.applying(renamed), view) == "Ours")
    #expect(state.applying(renamed).drafts.isEmpty)
  }

  @Test("States that packages lead to are taken as published")
  func packages() throws {
    let package = try PackageText("U 1.0 by A unmanaged\ntable t\nview v t").read()
    #expect(try Plan.installing(package, on: InstalledState()).drafts.isEmpty)
  }

  @Test(
    "LC-331 an import that publishes takes all drafts along, and its own word before an older draft"
  )
  func importAndPublish() throws {
    let state = try drafted([Self.base], "U 1.0 by A unmanaged\nshell t\nview v t b\nform f t b")
    let plan = try importing(
      "W 1.0 by A unmanaged\nshell t\nview v t c",
      on: state,
      PlanOptions(publishes: true)
    )
    #expect(spelled(plan) == "~ SavedQuery v draft discarded\n~ SystemForm f draft published")
    let after = state.applying(plan)
    #expect(after.drafts.isEmpty)
    #expect(after.effective(view, "layoutxml/grid/row/cell@name") == "c")
    #expect(after.stacks[form]?.top.solution == .active)
    // What says the same as the layer discards an older draft as well.
    let again = try drafted(
      [Self.base, "U 1.0 by A unmanaged\nshell t\nview v t b"],
      "U 1.0 by A unmanaged\nshell t\nview v t c"
    )
    let same = try importing(
      "U 1.0 by A unmanaged\nshell t\nview v t b",
      on: again,
      PlanOptions(publishes: true)
    )
    #expect(spelled(same) == "~ SavedQuery v draft discarded")
    #expect(again.applying(same).stacks == again.stacks)
  }

  // MARK: Managed imports

  @Test("LC-330 a managed import is published by itself and leaves drafts alone")
  func managedImport() throws {
    let state = try drafted([Self.base], "U 1.0 by A unmanaged\nshell t\nview v t b\nview w t b")
    let drafts = state.drafts
    let plan = try importing(
      Self.base.replacing("1.0", with: "1.1").replacing("view v t a", with: "view v t a c"),
      on: state
    )
    #expect(spelled(plan) == "~ SavedQuery v")
    #expect(state.applying(plan).drafts == drafts)
    // A component that was only a draft gets a managed layer under it; nothing is converted.
    let taken = try importing("Y 1.0 by B\nshell t\nview w t c", on: state)
    #expect(spelled(taken) == "+ SavedQuery w")
    let after = state.applying(taken)
    #expect(after.drafts == drafts)
    #expect(after.stacks[other]?.layers.map(\.solution.text) == ["Y"])
    #expect(
      spelled(Plan.publishing(.components([other]), on: after)) == "~ SavedQuery w draft published"
    )
  }

  @Test("LY-605 an import discards unpublished changes of the site map that it brings, and says so")
  func pendingMap() throws {
    let state = try drafted(
      ["X 1.0 by A\nmap a"],
      "U 1.0 by A unmanaged\nmap b\nresource new_/u.js x"
    )
    let map = ComponentID(.number(62), "default")
    #expect(state.drafts[map] != nil)
    let elsewhere = try importing("Y 1.0 by B\nrole r", on: state)
    #expect(state.applying(elsewhere).drafts == state.drafts)
    let plan = try importing("X 1.1 by A\nmap a c", on: state)
    #expect(codes(plan) == ["strata.draft-discarded"])
    let after = state.applying(plan)
    #expect(after.drafts.keys.map(\.key) == ["new_/u.js"])
    #expect(plan.changes.map(\.draft) == [.discarded])
    // Also where it says nothing new.
    #expect(codes(try importing("X 1.1 by A\nmap a", on: state)) == ["strata.draft-discarded"])
  }

  @Test("LC-310 overwriting customizations takes drafts along, but for kinds that merge")
  func overwriting() throws {
    let state = try drafted([Self.base], "U 1.0 by A unmanaged\nshell t\nview v t b\nform f t b")
    let package = Self.base.replacing("1.0", with: "1.1")
    let plan = try importing(package, on: state, PlanOptions(overwritesCustomizations: true))
    #expect(state.applying(plan).drafts.keys.map(\.type) == [.number(60)])
    #expect(
      plan.findings.first { $0.code == Overwritten.kind.code }?.because == [
        "SavedQuery:\(view.key): overwritten",
        "SystemForm:\(form.key): its customizations stay, since its layers merge",
      ]
    )
    #expect(state.applying(try importing(package, on: state)).drafts == state.drafts)
  }

  // MARK: Dependencies

  @Test(
    "DP-205 a draft blocks the deletion of what it names by an edge of type 4; publishing turns it to type 2"
  )
  func blocking() throws {
    let state = try drafted([Self.base], "U 1.0 by A unmanaged\nshell t\nview w t b\nview v t a b")
    let b = ComponentID.attribute("t", "b")
    func types(_ state: InstalledState) -> [DependencyType] {
      DependencyGraph(state, kinds: .standard).dependents(of: b).map(\.type)
    }
    #expect(types(state) == [.unpublished, .unpublished])
    let blocking = DependencyGraph.blocking(b, in: state, kinds: .standard)
    #expect(blocking.map(\.type) == [.unpublished, .unpublished])
    let smaller = Self.base.replacing("1.0", with: "1.1").replacing("\ncolumn t.b", with: "")
    let refused = try importing(smaller, on: state)
    #expect(codes(refused) == ["0x8004F01F"])
    #expect(refused.findings.first?.because.count { $0.hasPrefix("the draft of View") } == 2)
    #expect(refused.findings.first?.remedies.contains(.dropReference(in: .draft)) == true)
    let published = state.applying(Plan.publishing(.all, on: state))
    #expect(types(published) == [.published, .published])
    #expect(codes(try importing(smaller, on: published)) == ["0x8004F01F"])
    // It vanishes with the draft, too.
    var clean = state.applying(Plan.customizing(.remove(other), on: state))
    clean = clean.applying(Plan.customizing(.reset([view]), on: clean))
    #expect(types(clean) == [])
    #expect(codes(try importing(smaller, on: clean)) == [])
  }

  @Test(
    "DP-104 of a published and an unpublished reference the published counts, until the draft is published"
  )
  func oneType() throws {
    let state = try drafted([Self.base], "U 1.0 by A unmanaged\nshell t\nview v t b")
    let graph = DependencyGraph(state, kinds: .standard)
    let columns = graph.required(by: view).filter { $0.required.type == .number(2) }
    #expect(columns.map(\.type) == [.published, .unpublished])
    let a = ComponentID.attribute("t", "a")
    // DP-201: a draft that drops the last reference frees nothing yet.
    func blockers(_ state: InstalledState) -> [ComponentID] {
      DependencyGraph.blocking(a, in: state, kinds: .standard).map(\.dependent)
    }
    #expect(blockers(state) == [view, form])
    let published = state.applying(Plan.publishing(.all, on: state))
    #expect(blockers(published) == [form])
  }

  @Test("DP-102 a form that is only a draft goes with its table and blocks nothing")
  func part() throws {
    let state = try drafted(
      ["X 1.0 by A\ntable t\ncolumn t.a", "Y 1.0 by A\ntable y"],
      "U 1.0 by A unmanaged\nshell t\nform g t a"
    )
    let plan = Plan.uninstalling(try name("X"), on: state)
    #expect(codes(plan) == [UnmanagedWorkGoes.kind.code])
    #expect(spelled(plan).contains("- SystemForm g"))
    let after = state.applying(plan)
    #expect(after.drafts.isEmpty)
    #expect(after.solutions[try name("U")]?.members == [])
  }

  @Test("DP-305 a draft meets what an unmanaged package needs, and not what a managed one does")
  func needs() throws {
    let state = try drafted([Self.base], "U 1.0 by A unmanaged\nresource new_u text")
    let need = "\ntable y\nneeds WebResource new_u from U"
    let strict = PlanOptions(isStrict: true)
    #expect(codes(try importing("Y 1.0 by B" + need, on: state, strict)) == ["0x8004803B"])
    #expect(codes(try importing("Y 1.0 by B unmanaged" + need, on: state, strict)) == [])
    let none = try installed([Self.base])
    #expect(
      codes(try importing("Y 1.0 by B unmanaged" + need, on: none, strict)) == ["0x8004801D"]
    )
  }

  // MARK: Publishing some, or not at all

  @Test("LC-331 a table stands for its parts; a solution for what it lists; the rest keeps waiting")
  func some() throws {
    let state = try drafted(
      [Self.base],
      "U 1.0 by A unmanaged\nshell t\nview v t b\nresource new_/u.js x",
      "W 1.0 by A unmanaged\nresource new_/w.js x"
    )
    func left(_ publishing: Publishing) -> [String] {
      state.applying(Plan.publishing(publishing, on: state)).drafts.keys.map(\.key).sorted()
    }
    #expect(left(.components([.entity("t")])) == ["new_/u.js", "new_/w.js"])
    #expect(left(.components([.webResource("new_/w.js")])) == [view.key, "new_/u.js"].sorted())
    #expect(left(.solution(try name("U"))) == ["new_/w.js"])
    #expect(codes(Plan.publishing(.solution(try name("X")), on: state)) == ["0x8004F005"])
    #expect(codes(Plan.publishing(.solution(try name("Q")), on: state)) == ["strata.not-installed"])
  }

  @Test("LC-331 what has no draft, or takes effect at once, is told to have nothing to publish")
  func nothing() throws {
    let state = try installed([Self.base])
    let plan = Plan.publishing(.components([view, .attribute("t", "a")]), on: state)
    #expect(plan.effects.isEmpty)
    #expect(plan.findings.map(\.code) == [NothingToPublish.kind.code, NothingToPublish.kind.code])
    #expect(plan.findings.map { $0.message.contains("at once") } == [true, false])
    #expect(Plan.publishing(.all, on: state).findings == [])
  }

  @Test("LC-331 what names a component that stays a draft is told")
  func behind() throws {
    let state = try drafted([Self.base], "W 1.0 by A unmanaged\nresource new_/w.js x")
    let library =
      "<form><formLibraries solutionaction=\"Added\"><Library name=\"new_/w.js\" libraryUniqueId=\"{9}\"/></formLibraries></form>"
    let edit = Customization.patch(form, difference: Array(library.utf8), file: "f.xml")
    let edited = state.applying(Plan.customizing(edit, on: state))
    #expect(edited.drafts[form] != nil)
    let plan = Plan.publishing(.components([form]), on: edited)
    #expect(codes(plan) == ["strata.needs-publishing"])
    #expect(plan.findings.first?.remedies.sentence() == "publish WebResource:new_/w.js")
    #expect(codes(Plan.publishing(.all, on: edited)) == [])
  }

  @Test("LY-1307 publishing is refused where the owner has closed the component meanwhile")
  func protected() throws {
    let state = try drafted(
      ["X 1.0 by A\ntable t\ncolumn t.a"],
      "U 1.0 by A unmanaged\nshell t\nview w t"
    )
    let locked = "Y 1.0 by B\nshell t\nview w t a customizable=false"
    let after = state.applying(try importing(locked, on: state))
    let plan = Plan.publishing(.all, on: after)
    #expect(codes(plan) == ["0x8004F014", "0x8004F031"])
    #expect(plan.findings.map(\.rule) == ["LY-1304", "LY-1302"])
  }

  @Test("LY-1307 publishing a new form is refused where the table takes none any more")
  func protectedPart() throws {
    let state = try drafted([], "U 1.0 by A unmanaged\ntable t\nview w t")
    let after = state.applying(
      try importing("X 1.0 by B\ntable t\nlocked t CanCreateViews", on: state)
    )
    #expect(codes(Plan.publishing(.all, on: after)) == ["0x8004F014"])
  }

  @Test("LY-305 publishing tells what managed solutions have changed since the draft was begun")
  func stale() throws {
    let begun = try installed([Self.base])
    let drafted = begun.applying(Plan.customizing(rename(view, "Mine"), on: begun))
    let next = Self.base.replacing("1.0", with: "1.1").replacing("view v t a", with: "view v t a c")
    let state = drafted.applying(try importing(next, on: drafted))
    let plan = Plan.publishing(.all, on: state, since: begun.stacks)
    #expect(codes(plan) == ["strata.masked"])
    #expect(plan.findings.first?.because.allSatisfy { $0.contains("[c]: ∅ → ") } == true)
    #expect(codes(Plan.publishing(.all, on: state)) == [])
    #expect(codes(Plan.publishing(.all, on: drafted, since: begun.stacks)) == [])
    // What the unmanaged layer has hidden before is no news.
    let atOnce = PlanOptions(publishes: true)
    let layered = begun.applying(
      Plan.customizing(rename(view, "Mine"), on: begun, options: atOnce)
    )
    let again = layered.applying(Plan.customizing(rename(view, "Ours"), on: layered))
    let later = again.applying(try importing(next, on: again))
    #expect(codes(Plan.publishing(.all, on: later, since: layered.stacks)) == [])
  }

  @Test("E-6 where unmanaged work is refused drafts keep waiting, and can be taken back")
  func blocked() throws {
    var state = try drafted([Self.base], "U 1.0 by A unmanaged\nshell t\nview v t b")
    state = state.applying(Plan.blocking(true, on: state))
    let plan = Plan.publishing(.all, on: state)
    #expect(codes(plan) == ["strata.unmanaged-blocked"])
    #expect(plan.effects.isEmpty)
    #expect(codes(Plan.customizing(.reset([view]), on: state)) == [])
  }

  @Test("LY-531 publishing keeps a fallback form as an import does")
  func fallback() throws {
    let state = try drafted(
      ["X 1.0 by A\ntable t\ncolumn t.a\nform f t a\nform g t a fallback=false"],
      "U 1.0 by A unmanaged\nshell t\nform f t a fallback=false"
    )
    let plan = Plan.publishing(.all, on: state)
    #expect(codes(plan) == ["strata.fallback-form"])
    #expect(state.applying(plan).drafts.isEmpty)
  }

  // MARK: Taking back

  @Test("LY-1101 removing the unmanaged layer takes the draft along; a draft alone is taken back")
  func reset() throws {
    let base = try installed([Self.base])
    var state = base.applying(
      Plan.customizing(rename(view, "Mine"), on: base, options: PlanOptions(publishes: true))
    )
    state = state.applying(Plan.customizing(rename(view, "Ours"), on: state))
    let both = Plan.customizing(.reset([view]), on: state)
    #expect(spelled(both) == "> SavedQuery v draft discarded")
    #expect(state.applying(both).isSame(as: base))
    let drafted = base.applying(Plan.customizing(rename(view, "Mine"), on: base))
    let only = Plan.customizing(.reset([view]), on: drafted)
    #expect(spelled(only) == "> SavedQuery v draft discarded")
    #expect(drafted.applying(only).isSame(as: base))
  }

  @Test("LY-1102 what is only a draft is deleted, not taken back")
  func onlyDraft() throws {
    let state = try drafted([Self.base], "U 1.0 by A unmanaged\nshell t\nview w t a")
    let refused = Plan.customizing(.reset([other]), on: state)
    #expect(refused.findings.map(\.rule.id) == ["LY-1102"])
    let plan = Plan.customizing(.remove(other), on: state)
    #expect(spelled(plan) == "- SavedQuery w")
    let after = state.applying(plan)
    #expect(after.drafts.isEmpty)
    #expect(after.solutions.values.allSatisfy { !$0.members.contains(other) })
  }

  @Test("Going back over drafts and publishing leads to the very drafts that were there")
  func restore() throws {
    let empty = try installed([Self.base])
    let first = try installed(
      ["U 1.0 by A unmanaged\nshell t\nview v t b\nview w t b\nform f t b"],
      on: empty,
      options: unpublished
    )
    let published = first.applying(Plan.publishing(.all, on: first))
    let second = try installed(
      ["U 1.1 by A unmanaged\nshell t\nview v t c"],
      on: published,
      options: unpublished
    )
    let states = [empty, first, published, second]
    for then in states {
      for now in states {
        let plan = Plan.restoring(then, on: now, undoing: 1)
        #expect(now.applying(plan).isSame(as: then))
        let isGone = !now.standingComponents.subtracting(then.standingComponents).isEmpty
        #expect(plan.changes.contains { $0.action == .delete } == isGone)
      }
    }
    // What was published and is not any more is a draft again; nothing is destroyed.
    let back = Plan.restoring(first, on: published, undoing: 1)
    #expect(back.changes.allSatisfy { $0.draft == .saved && $0.action != .delete })
  }
}
