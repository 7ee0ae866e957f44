import Solutions
import TestSupport
import Testing
import XML

/// Work on the unmanaged layer (LY-1150, LY-305).
@Suite("Active layer")
struct ActiveLayerTests {
  private let a = ComponentID.attribute("t", "a")
  private static let base =
    "X 1.0 by A\ntable t\ncolumn t.a nvarchar 10 Label\nchoice o 1 2\nview v t a\nform f t a"

  private func numbered(_ type: ComponentType, _ name: String) throws -> ComponentID {
    ComponentID(type, try #require(GUID(PackageText.guid(name))))
  }

  private func set(_ id: ComponentID, _ edits: (String, String?)...) -> Customization {
    .set(id, edits.map { PropertyEdit($0.0, $0.1) })
  }

  /// Codes of errors and warnings.
  private func codes(_ plan: Plan) -> [String] {
    plan.findings.filter { $0.severity != .info }.map(\.code)
  }

  // MARK: Editing

  @Test("LY-305 a first edit copies the definition in effect, and hides later managed changes")
  func firstEdit() throws {
    let state = try installed([Self.base])
    let plan = Plan.customizing(set(a, ("displaynames/displayname@description", "Mine")), on: state)
    #expect(spelled(plan) == "~ Attribute t.a")
    let change = try #require(plan.changes.first)
    #expect(change.displayName == "Mine")
    #expect(change.properties.map(\.effectiveBefore) == ["Label"])
    let edited = state.applying(plan)
    #expect(edited.stacks[a]?.layers.map(\.solution.text) == ["X", "Active"])
    #expect(edited.effective(a, "MaxLength") == "10")
    let next = try PackageText(Self.base.replacing("1.0", with: "1.1").replacing("10", with: "20"))
      .read()
    let upgrade = Plan.importing([next], on: edited)
    #expect(upgrade.changes.first { $0.id == a }?.maskedBy == [.active])
    #expect(edited.applying(upgrade).effective(a, "MaxLength") == "10")
    #expect(edited.brokenInvariants() == [])
  }

  @Test("Every path of a definition can be set by the spelling that blame prints")
  func everyPath() throws {
    let state = try installed([Self.base])
    for (id, stack) in state.stacks {
      for property in Properties(stack.top.definition).list
      // The type of a form stands around it, and how cells share rows is no property of one element.
      where !property.path.hasPrefix("forms@") && !property.path.contains("(") {
        let edit = set(id, (property.path, "\(property.value)x"))
        let plan = Plan.customizing(edit, on: state)
        let refused = plan.findings.filter { $0.code == EditRefused.kind.code }
        // Labels and options that another layer has stay (LY-401, LY-902), so none becomes another.
        let isIdentity =
          property.path.hasSuffix("@languagecode") || property.path.hasSuffix("]@value")
        #expect(refused.isEmpty != isIdentity, "\(property.path)")
      }
    }
  }

  @Test(
    "A property is addressed by its path, by the end of it, or as a label of another language",
    arguments: [
      ("MaxLength", "5", "MaxLength"),
      ("displayname@description", "Mine", "displaynames/displayname@description"),
      ("@PhysicalName", "B", "@PhysicalName"),
      (
        "displaynames/displayname[1031]@description", "Feld",
        "displaynames/displayname[1031]@description"
      ),
    ]
  )
  func addresses(path: String, value: String, full: String) throws {
    let state = try installed([Self.base])
    let edited = state.applying(Plan.customizing(set(a, (path, value)), on: state))
    let definition = try #require(edited.stacks[a]?.top.definition)
    #expect(Properties(definition).value(at: full) == value)
  }

  @Test(
    "What an edit cannot mean is told, with what comes near",
    arguments: [
      ("maxlength", "has no property “maxlength”", "there is MaxLength"),
      ("displaynames", "holds other properties", ""),
      (
        "displaynames/displayname[x]@description", "has no property",
        "there is displaynames/displayname[1033]@description"
      ),
      ("", "holds other properties", ""),
    ]
  )
  func notMeant(path: String, message: String, near: String) throws {
    let plan = Plan.customizing(set(a, (path, "1")), on: try installed([Self.base]))
    let finding = try #require(plan.findings.first { $0.severity == .error })
    #expect(finding.message.contains(message))
    #expect((finding.because.first ?? "") == near)
    #expect(plan.effects.isEmpty)
  }

  @Test("Text that XML cannot hold is refused, not written")
  func control() throws {
    let state = try installed([Self.base])
    #expect(codes(Plan.customizing(set(a, ("MaxLength", "\u{1}")), on: state)) == ["0x80048013"])
  }

  @Test("A difference changes a view, and may not change what is not there")
  func difference() throws {
    let state = try installed([Self.base, "Y 1.0 by B\nshell t\ncolumn t.b"])
    let view = try numbered(26, "v")
    func patched(_ cells: String) -> Plan {
      let text =
        "<savedquery><fetchxml><fetch><entity name=\"t\">\(cells)</entity></fetch></fetchxml></savedquery>"
      return Plan.customizing(
        .patch(view, difference: Array(text.utf8), file: "view.xml"),
        on: state
      )
    }
    let plan = patched(
      "<attribute name=\"b\" solutionaction=\"Added\"/><attribute name=\"a\" solutionaction=\"Removed\"/>"
    )
    #expect(codes(plan) == [])
    let definition = try #require(state.applying(plan).drafts[view]?.definition)
    let names = Properties(definition).list.filter { $0.path.hasPrefix("fetchxml") }.map(\.value)
    #expect(names == ["t", "b"])
    #expect(!definition.isDifference)
    #expect(
      codes(patched("<attribute name=\"q\" solutionaction=\"Modified\"/>")) == [
        "strata.no-such-property"
      ]
    )
    // DP-204: a column that is not there cannot be shown.
    #expect(
      codes(patched("<attribute name=\"new_q\" solutionaction=\"Added\"/>")) == ["0x8004F036"]
    )
  }

  @Test(
    "A difference that cannot be read is told with its line",
    arguments: [
      ("<savedquery>\n<a></savedquery>", "0x80048013", 2),
      ("<systemform/>", "strata.no-such-property", nil),
      ("", "0x80048013", nil),
    ] as [(String, String, Int?)]
  )
  func unreadable(text: String, code: String, line: Int?) throws {
    let plan = Plan.customizing(
      .patch(try numbered(26, "v"), difference: Array(text.utf8), file: "view.xml"),
      on: try installed([Self.base])
    )
    let finding = try #require(plan.findings.first { $0.severity == .error })
    #expect(finding.code == code)
    #expect(line == nil || finding.at == Location(file: "view.xml", line: line ?? 0))
  }

  @Test("LY-1105 of a form the active layer keeps the difference only, and edits of it add up")
  func formDifference() throws {
    let form = try numbered(60, "f")
    var state = try installed([Self.base])
    let edit = set(form, ("form/tabs/tab@showlabel", "false"))
    state = state.applying(Plan.customizing(edit, on: state))
    let first = try #require(state.drafts[form]?.definition)
    func tab(_ id: String) -> XMLElement? {
      state.drafts[form]?.definition.element.descendants("tab")
        .first { $0.attribute("id") == id }
    }
    #expect(first.isDifference)
    #expect(tab("{1}")?.attribute("solutionaction") == "Modified")
    #expect(tab("{1}")?.hasChildren == false)
    let added =
      "<form><tabs><tab id=\"{9}\" solutionaction=\"Added\"><labels/></tab></tabs></form>"
    let removed = "<form><tabs><tab id=\"{9}\" solutionaction=\"Removed\"/></tabs></form>"
    func patch(_ text: String) {
      state = state.applying(
        Plan.customizing(.patch(form, difference: Array(text.utf8), file: "f.xml"), on: state)
      )
    }
    patch(added)
    #expect(tab("{9}")?.attribute("solutionaction") == "Added")
    #expect(tab("{1}")?.attribute("showlabel") == "false")
    let nowhere = "<form><tabs><tab id=\"{7}\" solutionaction=\"Modified\"/></tabs></form>"
    let plan = Plan.customizing(
      .patch(form, difference: Array(nowhere.utf8), file: "f.xml"),
      on: state
    )
    #expect(plan.findings.first?.because == ["form/tab[{7}]"])
    // LY-525: added and removed in the same layer leaves no trace.
    patch(removed)
    #expect(state.drafts[form]?.definition == first)
  }

  @Test("Plain settings of what merges are stated, not marked, and cannot be taken out")
  func header() throws {
    let form = try numbered(60, "f")
    let state = try installed([Self.base])
    let plan = Plan.customizing(
      set(form, ("LocalizedNames/LocalizedName@description", "Mine")),
      on: state
    )
    #expect(state.applying(plan).drafts[form]?.component.displayName == "Mine")
    let definition = try #require(state.applying(plan).drafts[form]?.definition)
    #expect(definition.isDifference)
    #expect(definition.element.child("form")?.hasChildren == false)
    let gone = Plan.customizing(set(form, ("IsCustomizable", nil)), on: state)
    #expect(gone.findings.first?.message.contains("cannot be taken out") == true)
  }

  @Test("LY-702 of a ribbon the active layer keeps whole elements with an id")
  func ribbon() throws {
    let ribbon = ComponentID(.number(55), "t")
    let state = try installed(["X 1.0 by A\ntable t\nribbon t b"])
    let action = "CustomActions/CustomAction[b]"
    let plan = Plan.customizing(
      set(ribbon, ("\(action)@Title", "B"), ("\(action)@Sequence", "5")),
      on: state
    )
    let definition = try #require(state.applying(plan).drafts[ribbon]?.definition)
    #expect(
      Properties(definition).list.map { "\($0.path)=\($0.value)" }.sorted() == [
        "\(action)@Id=b", "\(action)@Sequence=5", "\(action)@Title=B",
      ]
    )
    let other =
      "<RibbonDiffXml><CustomActions><CustomAction Id=\"c\"/></CustomActions></RibbonDiffXml>"
    let patched = state.applying(plan)
    let more = Plan.customizing(
      .patch(ribbon, difference: Array(other.utf8), file: "r.xml"),
      on: patched
    )
    let both = try #require(patched.applying(more).drafts[ribbon]?.definition)
    #expect(
      both.element.descendants("CustomAction").compactMap { $0.attribute("Id") } == ["b", "c"]
    )
    let gone = Plan.customizing(set(ribbon, (action, nil)), on: state)
    #expect(gone.findings.first?.message.contains("cannot be taken out") == true)
  }

  @Test("What a file holds is no property")
  func file() throws {
    let state = try installed(["X 1.0 by A\nresource new_/a.js text"])
    let plan = Plan.customizing(set(.webResource("new_/a.js"), ("content", "x")), on: state)
    #expect(plan.findings.first?.message.contains("is a file") == true)
    #expect(plan.effects.isEmpty)
  }

  // MARK: What owners and the environment say

  @Test("LY-1307 direct edits of what the owner closes have codes of their own")
  func protected() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.a nvarchar 10 L\nlocked t.a IsRenameable\nlocked t CanCreateAttributes"
    ])
    let rename = set(a, ("displaynames/displayname@description", "Mine"))
    #expect(codes(Plan.customizing(rename, on: state)) == ["0x8004F012"])
    #expect(codes(Plan.customizing(set(a, ("MaxLength", "20")), on: state)) == [])
    #expect(codes(Plan.customizing(set(a, ("IsRenameable", "1")), on: state)) == ["0x8004F031"])
    let column = try Blueprint.column("new_x", of: "t")
    #expect(codes(Plan.bringing(to: column, on: state)) == ["0x8004F011"])
  }

  @Test("E-6 a blocked environment takes no unmanaged work, and LY-1106 lets it be taken back")
  func blocked() throws {
    var state = try installed([Self.base])
    let edit = set(a, ("MaxLength", "20"))
    state = state.applying(Plan.customizing(edit, on: state))
    state = state.applying(Plan.blocking(true, on: state))
    let column = Plan.bringing(to: try .column("new_x", of: "t"), on: state)
    let others = [set(a, ("MaxLength", "30")), .remove(a)].map {
      Plan.customizing($0, on: state)
    }
    for plan in [column] + others {
      #expect(codes(plan) == ["strata.unmanaged-blocked"])
      #expect(plan.effects.isEmpty)
    }
    let unmanaged = try PackageText("U 1.0 by A unmanaged\ntable u").read()
    #expect(codes(Plan.importing([unmanaged], on: state)) == ["strata.unmanaged-blocked"])
    let managed = try PackageText("M 1.0 by A\ntable u").read()
    #expect(codes(Plan.importing([managed], on: state)) == [])
    let reset = Plan.customizing(.reset([a]), on: state)
    #expect(codes(reset) == [ColumnShortened.kind.code])
    #expect(state.applying(reset).effective(a, "MaxLength") == "10")
    let open = state.applying(Plan.blocking(false, on: state))
    #expect(codes(Plan.customizing(edit, on: open)) == [])
    #expect(Plan.blocking(false, on: open).effects.isEmpty)
  }

  // MARK: Adding, removing, taking back

  @Test(
    "A new column says what packages say of one, and its name begins with a prefix",
    arguments: [
      ("new_x", []), ("x", ["0x80048062"]), ("_x", ["0x80048062"]), ("new_X", []),
    ] as [(String, [String])]
  )
  func newColumn(name: String, refused: [String]) throws {
    let state = try installed([Self.base])
    let words = "type: text, maxLength: 7, displayName: New"
    let plan = Plan.bringing(to: try .column(name, of: "t", words), on: state)
    #expect(codes(plan) == refused)
    guard refused.isEmpty else { return }
    let after = state.applying(plan)
    let column = ComponentID.attribute("t", "new_x")
    #expect(after.effective(column, "MaxLength") == "7")
    #expect(after.stacks[column]?.top.component.displayName == "New")
    #expect(after.stacks[column]?.isManaged == false)
  }

  @Test("DP-204 a column needs its table and its choice")
  func newColumnNeeds() throws {
    let state = try installed([Self.base])
    func codes(_ table: String, _ choice: String) throws -> [String] {
      let column = try Blueprint.column("new_x", of: table, "type: choice, choice: \(choice)")
      return self.codes(Plan.bringing(to: column, on: state))
    }
    #expect(try codes("t", "o") == [])
    #expect(try codes("account", "o") == [])
    #expect(try codes("t", "nowhere") == ["0x8004F036"])
    #expect(try codes("nowhere", "o") == [DescriptionUnsound.kind.code])
  }

  @Test(
    "LY-1308 a managed component cannot be deleted on its own, an unmanaged one can, unless it is used"
  )
  func remove() throws {
    var state = try installed([Self.base, "U 1.0 by A unmanaged\nshell t\ncolumn t.b\nview w t b"])
    #expect(codes(Plan.customizing(.remove(a), on: state)) == ["0x8004F013"])
    let b = ComponentID.attribute("t", "b")
    let used = Plan.customizing(.remove(b), on: state)
    #expect(codes(used) == ["0x8004F01F"])
    state = state.applying(Plan.customizing(.remove(try numbered(26, "w")), on: state))
    let plan = Plan.customizing(.remove(b), on: state)
    #expect(spelled(plan) == "- Attribute t.b")
    state = state.applying(plan)
    #expect(state.solutions.values.allSatisfy { !$0.members.contains(b) })
    #expect(state.brokenInvariants() == [])
  }

  @Test("LY-1308 the last relationship of a lookup takes it along, as they were made together")
  func removeRelationship() throws {
    func lookup(_ ends: [String]) throws -> InstalledState {
      let relationships = ends.map { "relationship r_\($0) t.b -> \($0)" }.joined(separator: "\n")
      return try installed([
        "U 1.0 by A unmanaged\ntable t\ntable o\ntable p\ncolumn t.b lookup\n\(relationships)"
      ])
    }
    let last = ComponentID(.entityRelationship, "r_o")
    let gone = Plan.customizing(.remove(last), on: try lookup(["o"]))
    #expect(Set(gone.changes.map(\.id)) == [last, .attribute("t", "b")])
    let oneOfTwo = Plan.customizing(.remove(last), on: try lookup(["o", "p"]))
    #expect(oneOfTwo.changes.filter { $0.action == .delete }.map(\.id) == [last])
  }

  @Test("LC-410 a solution with a patch is locked: its parts are not removed, its version stays")
  func locked() throws {
    let state = try installed([
      "U 1.0 by A unmanaged\ntable t\ncolumn t.b",
      "U_Patch_12345678 1.0.1 by A unmanaged patch of U\nshell t\ncolumn t.c",
    ])
    #expect(codes(Plan.customizing(.remove(.attribute("t", "b")), on: state)) == ["0x80048538"])
    #expect(codes(Plan.customizing(.remove(.attribute("t", "c")), on: state)) == [])
    let (parent, patch) = (
      try #require(SolutionName("U")), try #require(SolutionName("U_Patch_12345678"))
    )
    func setting(_ name: SolutionName, _ version: String) throws -> [String] {
      codes(
        Plan.settingVersion(of: name, to: try #require(SolutionVersion(version)), on: state)
      )
    }
    #expect(try setting(parent, "1.5") == ["0x80048538"])
    #expect(try setting(patch, "2.0") == ["0x80048539"])
    #expect(try setting(patch, "1.0.2") == [])
    // That of the solution, one below it, and that of another patch.
    #expect(try setting(patch, "1.0") == ["0x80048539"])
    let two = state.applying(
      Plan.cloningPatch(of: parent, version: SolutionVersion("1.0.7"), on: state)
    )
    let other = codes(
      Plan.settingVersion(of: patch, to: try #require(SolutionVersion("1.0.7")), on: two)
    )
    #expect(other == ["0x80048539"])
    func importing(_ package: String) throws -> [String] {
      let package = try PackageText(package).read()
      return codes(Plan.importing([package], on: state)).filter { $0.hasPrefix("0x") }
    }
    #expect(
      try importing("U 1.0 by A unmanaged\ntable t\ncolumn t.b\ncolumn t.d") == ["0x80048538"]
    )
    #expect(try importing("U 1.1 by A unmanaged\ntable t\ncolumn t.b") == ["0x80048538"])
    #expect(try importing("U 1.0 by A unmanaged\ntable t\ncolumn t.b") == [])
    let patched = "U_Patch_87654321 1.0.2 by A unmanaged patch of U\nshell t\ncolumn t.d"
    #expect(try importing(patched) == [])
  }

  @Test(
    "LY-1101 removing the unmanaged layer lets the next one up; LY-1102 where it is the only one nothing would be left"
  )
  func reset() throws {
    let before = try installed([Self.base, "U 1.0 by A unmanaged\nshell t\ncolumn t.b"])
    let edited = before.applying(Plan.customizing(set(a, ("MaxLength", "20")), on: before))
    let plan = Plan.customizing(.reset([a]), on: edited)
    #expect(spelled(plan) == "> Attribute t.a\n? strata.column-shortened LC-500")
    #expect(plan.changes.first?.properties.map(\.effectiveAfter) == ["10"])
    #expect(edited.applying(plan).stacks == before.stacks)
    #expect(codes(Plan.customizing(.reset([a]), on: before)) == ["strata.no-active-layer"])
    let only = Plan.customizing(.reset([.attribute("t", "b")]), on: before)
    #expect(only.findings.map(\.rule.id) == ["LY-1102"])
  }

  @Test("LY-1103 options that only the unmanaged layer has are told")
  func options() throws {
    let state = try installed([Self.base, "U 1.0 by A unmanaged\nchoice o 1 2 7 9"])
    let plan = Plan.customizing(.reset([.optionSet("o")]), on: state)
    #expect(codes(plan) == ["strata.options-lost"])
    #expect(plan.findings.first?.message.hasPrefix("2 options of Choice o go: 7") == true)
    #expect(
      plan.findings.first?.questions == [
        .holding(option: 7, of: .optionSet("o")), .holding(option: 9, of: .optionSet("o")),
      ]
    )
  }

  @Test("What is changed by hand is listed in the unmanaged solution that is named")
  func listed() throws {
    let state = try installed([Self.base, "U 1.0 by A unmanaged\ntable u"])
    let (u, x) = (try #require(SolutionName("U")), try #require(SolutionName("X")))
    let edit = set(a, ("MaxLength", "20"))
    let plan = Plan.customizing(edit, in: u, on: state)
    #expect(state.applying(plan).solutions[u]?.members.contains(a) == true)
    #expect(codes(Plan.customizing(edit, in: x, on: state)) == ["0x8004F005"])
    let nowhere = try #require(SolutionName("Nowhere"))
    #expect(codes(Plan.customizing(edit, in: nowhere, on: state)) == ["strata.not-installed"])
  }

  // MARK: Overwriting

  @Test(
    "LC-310 overwriting says of each component what becomes of it; LC-311 otherwise nothing does"
  )
  func overwriting() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.a nvarchar 10\ncolumn t.b nvarchar 10\ncolumn t.c nvarchar 10\nform f t a",
      "Y 1.0 by B\nshell t\nforeign t.b nvarchar 15",
      "U 1.0 by A unmanaged\nshell t\nforeign t.a nvarchar 20\nform f t a b",
    ])
    let text =
      "X 1.1 by A\ntable t\ncolumn t.a nvarchar 30\ncolumn t.b nvarchar 30\ncolumn t.c nvarchar 30\nform f t b"
    let package = try PackageText(text).read()
    let plan = Plan.importing(
      [package],
      on: state,
      options: PlanOptions(overwritesCustomizations: true)
    )
    let form = "SystemForm:\(PackageText.guid("f"))"
    #expect(
      plan.findings.first { $0.code == Overwritten.kind.code }?.because == [
        "Attribute:t.a: overwritten", "\(form): its customizations stay, since its layers merge",
        "Attribute:t.b: stays hidden behind Y",
      ]
    )
    let after = state.applying(plan)
    #expect(
      ["a", "b", "c"].map { after.effective(.attribute("t", $0), "MaxLength") } == [
        "30", "15", "30",
      ]
    )
    #expect(after.stacks[a]?.layers.map(\.solution.text) == ["X", "Active"])
    #expect(after.stacks[.attribute("t", "c")]?.layers.count == 1)
    let plain = Plan.importing([package], on: state)
    #expect(state.applying(plain).effective(a, "MaxLength") == "20")
    #expect(!plain.findings.contains { $0.code == Overwritten.kind.code })
  }
}
