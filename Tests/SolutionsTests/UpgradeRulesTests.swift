import Solutions
import TestSupport
import Testing

/// Rules of upgrading that no worked example shows.
@Suite("Upgrades, rule by rule")
struct UpgradeRulesTests {
  private func plan(_ texts: String..., on state: InstalledState) throws -> Plan {
    Plan.importing(try texts.map { try PackageText($0).read() }, on: state)
  }

  private func name(_ text: String) throws -> SolutionName { try #require(SolutionName(text)) }

  @Test("A column that one package of a set drops and the next makes anew is lost, and told so")
  func droppedAndMadeAnew() throws {
    let state = try installed(["X 1.0 by A\ntable t\ncolumn t.a\ncolumn t.b"])
    let plan = try plan(
      "X 2.0 by A\ntable t\ncolumn t.a",
      "X 3.0 by A\ntable t\ncolumn t.a\ncolumn t.b int",
      on: state
    )
    #expect(spelled(plan) == "- Attribute t.b\n+ Attribute t.b")
    #expect(plan.changes.first?.dataLoss == DataLoss(rows: nil, values: nil))
  }

  @Test("DP-102 a part that is kept without its table refuses an upgrade, in one step or staged")
  func keptPart() throws {
    let state = try installed(["X 1.0 by A\ntable t\ncolumn t.a\ntable u"])
    let next = try PackageText("X 1.1 by A\ntable u\nrelationship r t.l -> u").read()
    let single = Plan.importing([next], on: state)
    let staged = state.applying(
      Plan.importing([next], on: state, options: PlanOptions(choice: .stage))
    )
    let applied = Plan.applyingUpgrade(of: try name("X"), on: staged)
    for plan in [single, applied] {
      #expect(!plan.isApplicable)
      #expect(plan.findings.contains { $0.code == NamesMissing.kind.code && $0.severity == .error })
    }
  }

  @Test("LC-500 the primary name column goes with its table only")
  func primaryColumn() throws {
    let state = try installed(["X 1.0 by A\ntable t\nprimary t.name\ncolumn t.a"])
    let kept = try plan("X 1.1 by A\ntable t", on: state)
    #expect(spelled(kept) == "- Attribute t.a\n? 0x80047002 LC-500")
    #expect(state.applying(kept).stacks[.attribute("t", "name")] != nil)
    let gone = try plan("X 1.2 by A\ntable u", on: state.applying(kept))
    #expect(spelled(gone).contains("- Attribute t.name"))
  }

  @Test(
    "DP-440 a many-to-many relationship of another solution blocks, whichever end is named first"
  )
  func manyToMany() throws {
    for ends in ["z u", "u z"] {
      let state = try installed([
        "X 1.0 by A\ntable t\ntable u", "Y 1.0 by B\ntable z\nmany y_z \(ends)",
      ])
      #expect(try plan("X 1.1 by A\ntable t", on: state).isApplicable == false)
    }
    let own = try installed(["X 1.0 by A\ntable t\ntable u\nmany x_r t u"])
    #expect(
      spelled(try plan("X 1.1 by A\ntable t", on: own)) == "- Entity u\n- EntityRelationship x_r"
    )
  }

  @Test("LY-1206 the heir takes the base's place, below other publishers")
  func heir() throws {
    let state = try installed([
      "S1 1.0 by A\ntable t\ntable x", "S2 1.0 by B\ntable t\ncolumn t.q", "S3 1.0 by A\ntable t",
      "S1 1.1 by A\ntable x",
    ])
    let stack = try #require(state.stacks[.entity("t")])
    #expect(stack.layers.map(\.solution.text) == ["S3", "S2"])
    #expect(state.brokenInvariants() == [])
    // The heir owns it now: it cannot drop it under the other's layer, and the other may go.
    #expect(try plan("S3 1.1 by A\ntable y", on: state).isApplicable == false)
    #expect(Plan.uninstalling(try name("S2"), on: state).isApplicable)
    // An update of the heir stays at that place, and a patch of it lies above its base and below the other.
    let patched = try installed([
      "S1 1.0 by A\ntable t\ntable x", "S2 1.0 by B\ntable t\ncolumn t.q", "S3 1.0 by A\ntable t",
      "S1 1.1 by A\ntable x", "S3_Patch_00000001 1.0.1 by A patch of S3\ntable t\ncolumn t.p",
      "S1 1.2 by A\ntable x\ntable t",
    ])
    #expect(
      patched.stacks[.entity("t")]?.layers.map(\.solution.text) == [
        "S3", "S3_Patch_00000001", "S1", "S2",
      ]
    )
    #expect(patched.brokenInvariants() == [])
  }

  @Test("LC-105 nobody slides under the base layer of another publisher")
  func guest() throws {
    let state = try installed([
      "A1 1.0 by A\ntable a", "B1 1.0 by B\ntable t\ncolumn t.b", "A1 1.1 by A\ntable a\ntable t",
    ])
    #expect(state.stacks[.entity("t")]?.layers.map(\.solution.text) == ["B1", "A1"])
    #expect(state.brokenInvariants() == [])
  }

  @Test("LC-406 a patch's layer that the new base only mentions becomes the base's")
  func rolledUpMention() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\nform g t",
      "X_Patch_0000000a 1.0.1 by A patch of X\nshell t\nform f t",
      "X 2.0 by A\ntable t\nform g t\nroot 60 f",
    ])
    #expect(state.brokenInvariants() == [])
    #expect(state.listed == "X 2.0")
    #expect(spelled(try plan("X 3.0 by A\ntable t\nform g t", on: state)) == "- SystemForm f")
  }

  @Test(
    "LC-132 what cannot be a patch is refused and replaces nothing",
    arguments: [
      ("X 1.0.1 by A patch of X\nshell t", NoBaseOfPatch.kind.code),
      ("Y 5.1 by B patch of X\nshell t", NameTaken.kind.code),
      ("Y 1.0.1 by A patch of X\nshell t", NameTaken.kind.code),
      ("Z 1.0.2 by A patch of X_Patch_00000001\nshell t", NoBaseOfPatch.kind.code),
      ("Z 1.0.2 by A unmanaged patch of X\nshell t", UnmanagedPatch.kind.code),
      ("Z 1.0.2 by A patch of Nowhere\nshell t", PatchWithoutParent.kind.code),
    ]
  )
  func noPatch(text: String, code: String) throws {
    let state = try installed([
      "X 1.0 by A\ntable t", "X_Patch_00000001 1.0.1 by A patch of X\nshell t\nform f t",
      "Y 5.0 by B\ntable y",
    ])
    let plan = try plan(text, on: state)
    #expect(plan.findings.contains { $0.code == code && $0.severity == .error })
    #expect(state.applying(plan).solutions[try name("Y")]?.version == SolutionVersion("5.0"))
    #expect(state.applying(plan).solutions[try name("X")]?.role == .ordinary)
  }

  @Test("PF-230 a name alone makes no patch when its parent is not there")
  func patchByName() throws {
    let text = "Hot_Patch_20240101 1.0 by A\ntable h"
    #expect(try plan(text, on: InstalledState()).packages.map(\.action) == [.install])
    let state = try installed(["Hot 1.0.0 by A\ntable t"])
    let patch = "Hot_Patch_20240101 1.0.1 by A\nshell t\nform f t"
    #expect(try plan(patch, on: state).packages.map(\.action) == [.patch])
  }

  @Test("DP-204 a package cannot carry a part of what it drops")
  func orphan() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ntable u\ncolumn t.u lookup\nrelationship r t.u -> u"
    ])
    let plan = try plan("X 1.1 by A\ntable u\nrelationship r t.u -> u", on: state)
    #expect(plan.findings.contains { $0.code == NamesMissing.kind.code && $0.severity == .error })
  }

  @Test(
    "DP-500 a view needs the columns of linked tables, also where the alias is used before the link"
  )
  func alias() throws {
    let state = try installed([
      "X 1.0 by A\ntable u\ncolumn u.a", "Y 1.0 by B\ntable t\nlink v t u.a",
    ])
    let plan = try plan("X 1.1 by A\ntable u", on: state)
    #expect(plan.findings.map(\.code) == [InUse.kind.code])
  }

  @Test("LY-701 ribbons lie over the platform's: two publishers do not stand in each other's way")
  func ribbons() throws {
    let state = try installed([
      "S1 1.0 by A\nshell account\nribbon account one",
      "S2 1.0 by B\nshell account\nribbon account two",
    ])
    let plan = try plan("S1 1.1 by A\nshell account", on: state)
    #expect(spelled(plan) == "> RibbonDiff account")
    #expect(plan.isApplicable)
  }

  @Test("LC-416 the order given stands when another would be refused")
  func topDown() throws {
    let state = try installed([
      "B 1.0 by A\ntable t\ncolumn t.b", "U 1.0 by B\ntable u\nlink v u t.b",
    ])
    for texts in [
      ("U 2.0 by B\ntable u", "B 2.0 by A\ntable t"),
      ("B 2.0 by A\ntable t", "U 2.0 by B\ntable u"),
    ] {
      let plan = try plan(texts.0, texts.1, on: state)
      #expect(plan.isApplicable)
      #expect(plan.packages.map(\.name.text) == ["U", "B"])
    }
  }

  @Test("DP-107 packages that need each other are refused")
  func circle() throws {
    let plan = try plan(
      "X 1.0 by A\ntable x\nneeds Entity y from Y",
      "Y 1.0 by A\ntable y\nneeds Entity x from X",
      on: InstalledState()
    )
    #expect(plan.findings.contains { $0.code == CircularPackages.kind.code })
  }

  @Test("DP-305 what a managed package needs has to be managed")
  func needsManaged() throws {
    let state = try installed(["Dev 1.0 by A unmanaged\ntable t\ncolumn t.a"])
    let listed = try plan("X 1.0 by A\ntable x\nneeds Attribute t.a from Dev", on: state)
    #expect(listed.findings.contains { $0.code == DependsOnUnmanaged.kind.code })
    let part = try plan("X 1.0 by A\nshell t\ncolumn t.n", on: state)
    #expect(part.findings.contains { $0.code == DependsOnUnmanaged.kind.code })
  }

  @Test("DP-307 a reference to a column that its table does not have is found")
  func unlisted() throws {
    let package = try PackageText("X 1.0 by A\ntable t\ncolumn t.a\nform f t a new_gone").read()
    let plan = Plan.importing([package], on: InstalledState())
    let found = plan.findings.filter { $0.code == NamesMissing.kind.code }
    #expect(found.map(\.severity) == [.warning])
    #expect(found.first?.because == ["Attribute t.new_gone: form/control@datafieldname"])
  }

  @Test("DP-204 what surfaces under a layer that goes may not name what is gone")
  func surfacing() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.new_c\ntable x", "V 1.0 by B\ntable v\nlink w v t.new_c",
      "W 1.0 by C\ntable w\nshell v\nview w v v", "X 1.1 by A\ntable t\ntable x",
    ])
    #expect(state.stacks[.attribute("t", "new_c")] == nil)
    let plan = try plan("W 1.1 by C\ntable w", on: state)
    #expect(plan.findings.contains { $0.code == NamesMissing.kind.code && $0.severity == .error })
  }

  @Test("DP-204 what a solution never brought to its own table does not stand in the way back")
  func surfacingAsBefore() throws {
    let form = "X 1.0 by A\ntable t\ncolumn t.a\nform f t a new_never"
    let base = try installed([form])
    let next = try PackageText("X 1.1 by A\ntable t\ncolumn t.a\nform f t a").read()
    let stage = Plan.importing([next], on: base, options: PlanOptions(choice: .stage))
    let staged = base.applying(stage)
    let x = try #require(SolutionName("X"))
    #expect(Plan.discardingUpgrade(of: x, on: staged).isApplicable)
    let covered = try installed([form, "W 1.0 by C\nshell t\nform f t a"])
    let w = try #require(SolutionName("W"))
    #expect(Plan.uninstalling(w, on: covered).isApplicable)
  }

  @Test("E-4 an unmanaged package is neither staged nor upgraded")
  func unmanagedStage() throws {
    let package = try PackageText("D 1.0 by A unmanaged\ntable t").read()
    let plan = Plan.importing(
      [package],
      on: InstalledState(),
      options: PlanOptions(choice: .stage)
    )
    #expect(plan.findings.map(\.code) == [UnmanagedUpgrade.kind.code])
  }

  @Test("An unmanaged import tells values before and after")
  func unmanagedValues() throws {
    let state = try installed(["D 1.0 by A unmanaged\ntable t\ncolumn t.a nvarchar 100"])
    let plan = try plan("D 1.0 by A unmanaged\ntable t\ncolumn t.a nvarchar 55", on: state)
    let change = try #require(plan.changes.first { $0.id == .attribute("t", "a") })
    #expect(change.properties.map(\.path) == ["MaxLength"])
    #expect(change.properties.first?.before == "100")
    #expect(change.properties.first?.after == "55")
  }

  @Test("An update under an own patch is hidden by it; a hidden patch says what it would change")
  func maskedByPatch() throws {
    func column(_ header: String, _ length: Int) -> String {
      "\(header)\ntable t\ncolumn t.a nvarchar \(length)"
    }
    let patched = try installed([
      column("X 1.0 by A", 30),
      "X_Patch_00000001 1.0.1 by A patch of X\nshell t\ncolumn t.a nvarchar 35",
    ])
    let update = Plan.importing(
      [try PackageText(column("X 1.0.2 by A", 60)).read()],
      on: patched,
      options: PlanOptions(choice: .update)
    )
    let change = try #require(update.changes.first { $0.id == .attribute("t", "a") })
    #expect(change.maskedBy.map(\.text) == ["X_Patch_00000001"])
    #expect(change.properties.first?.after == "60")
    #expect(change.properties.first?.effectiveAfter == "35")

    let covered = try installed([
      column("X 1.0 by A", 30), "Y 1.0 by B\nshell t\nforeign t.a nvarchar 50",
    ])
    let patch = try plan(
      "X_Patch_00000001 1.0.1 by A patch of X\nshell t\nforeign t.a nvarchar 35",
      on: covered
    )
    let hidden = try #require(patch.changes.first { $0.id == .attribute("t", "a") })
    #expect(hidden.properties.first { $0.path == "MaxLength" }?.before == "30")
    #expect(hidden.properties.first { $0.path == "MaxLength" }?.after == "35")
    #expect(!patch.findings.contains { $0.code == ColumnShortened.kind.code })
  }

  @Test("A staged version changes only what differs")
  func stagedAlike() throws {
    let state = try installed(["X 1.0 by A\ntable t\ncolumn t.a nvarchar 30\ncolumn t.b"])
    let plan = Plan.importing(
      [try PackageText("X 1.1 by A\ntable t\ncolumn t.a nvarchar 40\ncolumn t.b").read()],
      on: state,
      options: PlanOptions(choice: .stage)
    )
    #expect(spelled(plan) == "~ Attribute t.a")
    #expect(plan.changes.first?.properties.first?.before == "30")
    #expect(plan.unchanged == 2)
  }
}
