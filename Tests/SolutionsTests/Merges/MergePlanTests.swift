import Solutions
import TestSupport
import Testing

/// What plans say of components whose layers merge.
@Suite("Plans over merges")
struct MergePlanTests {
  private func plan(
    _ text: String,
    on state: InstalledState,
    _ options: PlanOptions = PlanOptions()
  ) throws -> Plan {
    Plan.importing([try PackageText(text).read()], on: state, options: options)
  }

  private func uninstall(_ name: String, _ state: InstalledState) throws -> Plan {
    Plan.uninstalling(try #require(SolutionName(name)), on: state)
  }

  private let f = ComponentID(.number(60), PackageText.guid("F"))
  private let table = """
    X 1.0 by A
    table t
    column t.a
    column t.b
    column t.c
    form F t a b
    """

  @Test("DP-202 what a higher layer takes off a form no longer holds its column")
  func freedColumn() throws {
    let next = "X 1.1 by A\ntable t\ncolumn t.a\ncolumn t.c\nform F t a b"
    let state = try installed([table])
    #expect(spelled(try plan(next, on: state)).contains("! 0x8004F01F"))
    let freed = try installed([table, "Y 1.0 by B\nshell t\nform F t - b"])
    #expect(!spelled(try plan(next, on: freed)).contains("! 0x8004F01F"))
    // And what a higher layer puts on it holds it.
    let held = try installed([table, "Y 1.0 by B\nshell t\nform F t + c"])
    let without = "X 1.1 by A\ntable t\ncolumn t.a\ncolumn t.b\nform F t a b"
    #expect(spelled(try plan(without, on: held)).contains("! 0x8004F01F"))
  }

  @Test(
    "A difference shows what it comes to; what a higher layer takes away again is masked by that layer"
  )
  func masked() throws {
    let state = try installed([
      table, "Y 1.0 by B\nshell t\nform F t + c", "Z 1.0 by C\nshell t\nform F t - c",
    ])
    let plan = try plan("Y 1.1 by B\nshell t\nform F t + a b", on: state)
    #expect(spelled(plan) == "~ SystemForm F masked by Z")
    let added = try self.plan("W 1.0 by D\nshell t\nform F t + d", on: state)
    let change = try #require(added.changes.first { $0.id == f })
    #expect(change.isBaseKnown)
    #expect(
      change.properties.filter { $0.words?.hasSuffix(" › d") == true }.map {
        $0.effectiveAfter != nil
      }
        == [true]
    )
    let below = try installed([
      table, "Y 1.0 by B\nshell t\nform F t + a", "Z 1.0 by C\nshell t\nform F t - c",
    ])
    let hidden = try self.plan("Y 1.1 by B\nshell t\nform F t + c", on: below)
    #expect(spelled(hidden) == "~ SystemForm F masked by Z")
  }

  @Test("A base that is not known here is said, not guessed")
  func baseUnknown() throws {
    let plan = try plan("Y 1.0 by B\nshell account\nform F account + a", on: InstalledState())
    #expect(plan.changes.contains { $0.id == f && !$0.isBaseKnown })
    #expect(plan.findings.contains { $0.code == BaseUnknown.kind.code && $0.severity == .info })
    let known = try self.plan("Y 1.0 by B\nshell t\nform F t + c", on: try installed([table]))
    #expect(!known.findings.contains { $0.code == BaseUnknown.kind.code })
  }

  @Test("LY-504 a difference makes no form: refused where the table is known and the form is not")
  func formNeeded() throws {
    let state = try installed(["X 1.0 by A\ntable t\ncolumn t.a"])
    let text = "Y 1.0 by B\nshell t\nform F t + a"
    func severity(_ options: PlanOptions) throws -> Finding.Severity? {
      try plan(text, on: state, options).findings.first { $0.code == FullFormNeeded.kind.code }?
        .severity
    }
    #expect(try severity(PlanOptions(isStrict: true)) == .error)
    #expect(try severity(PlanOptions()) == .warning)
    #expect(try severity(PlanOptions(assumesPresent: true, isStrict: true)) == nil)
    let finding = try #require(
      try plan(text, on: state).findings.first { $0.code == FullFormNeeded.kind.code }
    )
    #expect(finding.at?.file == "customizations.xml")
    #expect((finding.at?.line ?? 0) > 0)
  }

  @Test("LY-533 an unmanaged form is not turned managed by a difference")
  func unmanagedForm() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.a", "Mine 1.0 by M unmanaged\nform F t a",
    ])
    let plan = try plan("Y 1.0 by B\nshell t\nform F t + a", on: state)
    #expect(spelled(plan).contains("! 0x80040242 LY-533"))
    #expect(
      !spelled(try self.plan("Y 1.0 by B\nshell t\nform F t a", on: state)).contains("LY-533")
    )
  }

  @Test("LY-526 a whole form from another publisher is warned of, and takes nothing away")
  func foreignForm() throws {
    let state = try installed([table])
    let plan = try plan("Y 1.0 by B\nshell t\nform F t a", on: state)
    #expect(spelled(plan).contains("? strata.full-form-from-other LY-526"))
    let after = state.applying(plan)
    let form = try #require(after.stacks[f])
    #expect(form.references(.standard).contains { $0.target == .attribute("t", "b") })
  }

  @Test("LY-531 a table left without a fallback form gets one in the unmanaged layer")
  func fallback() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.a\nform F t a\nform G t a fallback=false"
    ])
    let g = ComponentID(.number(60), PackageText.guid("G"))
    let plan = try plan("X 1.1 by A\ntable t\ncolumn t.a\nform G t a fallback=false", on: state)
    #expect(plan.isApplicable)
    #expect(plan.findings.contains { $0.rule == "LY-531" })
    let after = state.applying(plan)
    #expect(after.stacks[g]?.layers.map(\.solution.text) == ["X", "Active"])
    #expect(after.effective(g, "form/DisplayConditions@FallbackForm") == "true")
    #expect(after.effective(g, "form/DisplayConditions@Order") == "1")
    #expect(after.brokenInvariants() == [])
    // The next version changes nothing of it.
    #expect(
      try self.plan("X 1.2 by A\ntable t\ncolumn t.a\nform G t a fallback=false", on: after).changes
        == []
    )
  }

  @Test("LY-532 the last fallback form of a table that stays cannot be deleted")
  func lastFallback() throws {
    let state = try installed([table])
    let next = "X 1.1 by A\ntable t\ncolumn t.a\ncolumn t.b\ncolumn t.c"
    #expect(spelled(try plan(next, on: state)).contains("! 0x8004F654 LY-532"))
    #expect(!spelled(try uninstall("X", state)).contains("LY-532"))
    #expect(!spelled(try plan(next, on: state, PlanOptions(choice: .update))).contains("LY-532"))
  }

  @Test("LY-532 the last active main form of a table is not deactivated, by whomever")
  func lastActive() throws {
    let both = "X 1.0 by A\ntable t\ncolumn t.a\nform F t a\nform G t a"
    let state = try installed([both])
    func version(_ f: String, _ g: String) -> String {
      "X 1.1 by A\ntable t\ncolumn t.a\nform F t a\(f)\nform G t a\(g)"
    }
    let off = " active=false"
    #expect(spelled(try plan(version(off, ""), on: state)) == "~ SystemForm F")
    let none = try plan(version(off, off), on: state)
    #expect(
      none.findings.map(\.kind) == [LastActiveForm.kind, LastActiveForm.kind]
    )
    // What was never active may stay so, and what goes is another matter.
    let one = try installed([version("", off)])
    #expect(try plan(version("", off).replacing("1.1", with: "1.2"), on: one).isApplicable)
    let gone = "X 1.2 by A\ntable t\ncolumn t.a\nform G t a active=false"
    #expect(!spelled(try plan(gone, on: one)).contains("0x8004F661"))
    // By hand it is refused when it is published: a draft deactivates nothing.
    let edit = Customization.set(
      ComponentID(.number(60), PackageText.guid("F")),
      [PropertyEdit("FormActivationState", "0")]
    )
    let active = try installed([
      version("", off).replacing("form F t a", with: "form F t a active=true")
    ])
    let drafted = Plan.customizing(edit, on: active)
    #expect(drafted.isApplicable)
    let published = Plan.publishing(.all, on: active.applying(drafted))
    #expect(spelled(published).contains("! 0x8004F661 LY-532"))
    let atOnce = Plan.customizing(edit, on: active, options: PlanOptions(publishes: true))
    #expect(spelled(atOnce).contains("! 0x8004F661 LY-532"))
  }

  @Test("LY-606 a site map without an area is refused, a difference without one is not")
  func emptySiteMap() throws {
    let state = try installed(["X 1.0 by A\nmap a b"])
    for header in ["Y 1.0 by B", "Y 1.0 by B unmanaged"] {
      #expect(spelled(try plan("\(header)\nmap", on: state)).contains("! 0x8004F402 LY-606"))
    }
    #expect(spelled(try plan("Y 1.0 by B\nmap - a", on: state)) == "~ SiteMap default")
  }

  @Test("LY-703 ids of a ribbon are its own")
  func ribbonIDs() throws {
    let state = try installed(["X 1.0 by A\ntable t\nribbon t x"])
    #expect(spelled(try plan("Y 1.0 by B\nshell t\nribbon t y", on: state)) == "~ RibbonDiff t")
    #expect(
      spelled(try plan("Y 1.0 by B\nshell t\nribbon t x", on: state)).contains(
        "? 0x8004F10B LY-703"
      )
    )
    #expect(
      spelled(try plan("Y 1.0 by B\nshell t\nribbon t y y", on: state)).contains(
        "! 0x8004F10B LY-703"
      )
    )
    let long = String(repeating: "y", count: 129)
    #expect(
      spelled(try plan("Y 1.0 by B\nshell t\nribbon t \(long)", on: state))
        .contains("! 0x8004F10C LY-703")
    )
  }

  @Test("LY-606 the default site map is the platform's, and is deleted with no solution")
  func defaultSiteMap() throws {
    let state = try installed(["X 1.0 by A\nmap a b"])
    let plan = try uninstall("X", state)
    #expect(spelled(plan) == "> SiteMap default")
    #expect(plan.isApplicable)
    // What was taken to be there is not kept track of when nobody says anything of it.
    #expect(state.applying(plan).stacks.isEmpty)
  }

  @Test("Blame names the layer behind each property inside a merged form")
  func blame() throws {
    let state = try installed([
      table, "Y 1.0 by B\nshell t\nform F t + c", "Z 1.0 by C\nshell t\nform F t - a",
    ])
    let stack = try #require(state.stacks[f])
    let blame = Blame(stack, merge: .form)
    #expect(blame.isBaseKnown)
    let fields = blame.lines.filter { $0.path.hasSuffix("@datafieldname") }
    #expect(fields.map { "\($0.value) \($0.layer.solution.text)" } == ["b X", "c Y"])
    #expect(fields[0].path.hasSuffix("/control[b]@datafieldname"))
  }

  @Test("Planning on a footprint sees all forms of the tables whose forms it touches")
  func footprint() throws {
    let kinds = ComponentKinds.standard
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.a\nform F t a",
      "Y 1.0 by A\nshell t\nform G t a fallback=false",
      "Far 1.0 by C\ntable far\ncolumn far.a\nform H far a",
    ])
    let package = try PackageText("X 1.1 by A\ntable t\ncolumn t.a").read()
    let footprint = try Footprint(
      of: [package],
      on: Array(state.solutions.values),
      index: StateIndex(state, kinds: kinds),
      kinds: kinds
    )
    let whole = Plan.importing([package], on: state)
    let slice = Plan.importing([package], on: state.restricted(to: footprint))
    #expect(whole.findings.contains { $0.rule == "LY-531" })
    #expect(whole.effects == slice.effects)
    #expect(whole.changes == slice.changes)
    #expect(whole.findings == slice.findings)
    #expect(!footprint.components.contains(ComponentID(.number(60), PackageText.guid("H"))))
  }
}
