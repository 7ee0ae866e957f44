import Solutions
import TestSupport
import Testing

/// The worked examples of the lifecycle's specification (§8).
@Suite("Lifecycle, worked examples")
struct WorkedExamplesTests {
  private let base = """
    X 1.0.0.0 by A
    table t
    column t.a nvarchar 100
    column t.b nvarchar 100
    form F t a
    """
  private let next = """
    X 1.1.0.0 by A
    table t
    column t.a nvarchar 100
    form F t a
    """

  private func plan(
    _ text: String,
    on state: InstalledState,
    _ choice: PlanOptions.Choice = .auto
  ) throws -> Plan {
    Plan.importing(
      [try PackageText(text).read()],
      on: state,
      options: PlanOptions(choice: choice)
    )
  }

  private let b = ComponentID.attribute("t", "b")

  @Test("LC §8.1 an update keeps what the new version lacks, an upgrade deletes it")
  func upgradeDeletes() throws {
    let state = try installed([base])
    let update = try plan(next, on: state, .update)
    #expect(spelled(update) == "? strata.update-keeps LC-403")
    #expect(state.applying(update).stacks[b] != nil)
    #expect(state.applying(update).listed == "X 1.1.0.0")
    let upgrade = try plan(next, on: state)
    #expect(spelled(upgrade) == "- Attribute t.b")
    #expect(state.applying(upgrade).stacks[b] == nil)
    #expect(upgrade.packages.map(\.action) == [.upgrade])
  }

  @Test("LC §8.2 staged: both versions are listed; applied: one is left and the column is gone")
  func staged() throws {
    let state = try installed([base])
    let stage = state.applying(try plan(next, on: state, .stage))
    #expect(stage.listed == "X 1.0.0.0, X_Upgrade 1.1.0.0")
    #expect(stage.stacks[b] != nil)
    #expect(stage.brokenInvariants() == [])
    let apply = Plan.applyingUpgrade(of: try #require(SolutionName("X")), on: stage)
    #expect(spelled(apply).contains("- Attribute t.b"))
    let after = stage.applying(apply)
    #expect(after.listed == "X 1.1.0.0")
    #expect(after.brokenInvariants() == [])
    let single = state.applying(try plan(next, on: state))
    #expect(after.isSame(as: single))
  }

  @Test("LC §8.3 a patch lies under a solution that was installed later")
  func patchUnderAnother() throws {
    func x(_ header: String, _ length: Int) -> String {
      "\(header)\ntable t\ncolumn t.a nvarchar \(length)"
    }
    let a = ComponentID.attribute("t", "a")
    let patch = "A_Patch_0a1b2c3d 1.0.1.0 by P patch of A\nshell t\nforeign t.a nvarchar 35"
    let state = try installed([
      x("A 1.0.0.0 by P", 30), "B 1.0 by Q\nshell t\nforeign t.a nvarchar 50", patch,
    ])
    #expect(state.effective(a, "MaxLength") == "50")
    let withoutB = state.applying(
      Plan.uninstalling(try #require(SolutionName("B")), on: state)
    )
    #expect(withoutB.effective(a, "MaxLength") == "35")
    let withoutPatch = withoutB.applying(
      Plan.uninstalling(try #require(SolutionName("A_Patch_0a1b2c3d")), on: withoutB)
    )
    #expect(withoutPatch.effective(a, "MaxLength") == "30")
  }

  @Test("LC §8.4 a staged value is in effect at once and gone when it is given up")
  func stagedLength() throws {
    let a = ComponentID.attribute("t", "a")
    let state = try installed(["X 1.0 by A\ntable t\ncolumn t.a nvarchar 100"])
    let staged = state.applying(
      try plan("X 1.1 by A\ntable t\ncolumn t.a nvarchar 150", on: state, .stage)
    )
    #expect(staged.effective(a, "MaxLength") == "150")
    let discarded = staged.applying(
      Plan.discardingUpgrade(of: try #require(SolutionName("X")), on: staged)
    )
    #expect(discarded.effective(a, "MaxLength") == "100")
    #expect(discarded.isSame(as: state))
  }

  @Test("LC §8.5 an upgrade rolls patches up")
  func rollUp() throws {
    let state = try installed([
      base, "X_Patch_00000001 1.0.1.0 by A patch of X\nshell t\nforeign t.a nvarchar 110",
      "X_Patch_00000002 1.0.2.0 by A patch of X\nshell t\nforeign t.a nvarchar 120\nview v t a",
    ])
    #expect(state.listed == "X 1.0.0.0, X_Patch_00000001 1.0.1.0, X_Patch_00000002 1.0.2.0")
    let upgrade = try plan(
      "X 2.0.0.0 by A\ntable t\ncolumn t.a nvarchar 130\ncolumn t.b\nform F t a",
      on: state
    )
    #expect(
      spelled(upgrade) == """
        - SavedQuery v
        ~ Attribute t.a
        ~ Attribute t.b
        """
    )
    let after = state.applying(upgrade)
    #expect(after.listed == "X 2.0.0.0")
    #expect(after.brokenInvariants() == [])
    #expect(after.stacks[.attribute("t", "a")]?.layers.count == 1)
  }

  @Test("LC §8.6 an unmanaged view blocks the deletion of its column")
  func blocked() throws {
    let state = try installed([base, "Mine 1.0 by A unmanaged\nshell t\nview mine t b"])
    let upgrade = try plan(next, on: state)
    #expect(spelled(upgrade) == "- Attribute t.b\n! 0x8004F01F DP-435")
    #expect(!upgrade.isApplicable)
    #expect(spelled(try plan(next, on: state, .update)) == "? strata.update-keeps LC-403")
  }

  @Test(
    "LC §8.7 versions compare part by part as numbers",
    arguments: [("1.7.0.0", "1.61.0.0", true), ("1.61", "1.7", false), ("1.0", "1.0.0.0", false)]
  )
  func versions(installedVersion: String, incoming: String, isAllowed: Bool) throws {
    let state = try installed(["X \(installedVersion) by A\ntable t"])
    let upgrade = try plan("X \(incoming) by A\ntable t", on: state, .upgrade)
    #expect(upgrade.findings.contains { $0.code == LowerVersion.kind.code } == !isAllowed)
  }

  @Test("LC §8.9 an updated lower solution does not rise above its neighbour")
  func neighbour() throws {
    let a = ComponentID.attribute("t", "a")
    let state = try installed([
      "X 1.0 by P\ntable t\ncolumn t.a nvarchar 100 A",
      "Y 1.0 by P\nshell t\nforeign t.a nvarchar 100 Y",
    ])
    let update = try plan("X 1.1 by P\ntable t\ncolumn t.a nvarchar 100 C", on: state, .update)
    #expect(spelled(update) == "~ Attribute t.a masked by Y")
    #expect(
      state.applying(update).effective(a, "displaynames/displayname@description") == "Y"
    )
  }

  @Test("LC §8.10 LY-1203 another layer of the same publisher becomes the base")
  func handOver() throws {
    let state = try installed([
      "S1 1.0 by A\ntable t\ncolumn t.a", "S2 1.0 by B\nshell t\nforeign t.z",
      "S3 1.0 by A\ntable t\ncolumn t.a",
    ])
    let uninstall = Plan.uninstalling(try #require(SolutionName("S1")), on: state)
    #expect(spelled(uninstall) == "> Entity t\n> Attribute t.a")
    let after = state.applying(uninstall)
    #expect(after.stacks[.entity("t")]?.base.solution == SolutionName("S3"))
    #expect(after.brokenInvariants() == [])
  }

  @Test("LC §8.11 LY-1204 a layer of another publisher keeps the base from going")
  func foreignLayer() throws {
    let state = try installed([
      "S1 1.0 by A\ntable t\ncolumn t.a nvarchar 10",
      "S2 1.0 by B\nshell t\nforeign t.a nvarchar 20",
    ])
    let uninstall = Plan.uninstalling(try #require(SolutionName("S1")), on: state)
    #expect(uninstall.findings.map(\.code).contains(LayersAbove.kind.code))
    let upgrade = try plan("S1 1.1 by A\ntable t", on: state)
    #expect(upgrade.findings.map(\.code).contains(LayersAbove.kind.code))
  }

  @Test(
    "LC §8.12 patches come in ascending order on their parent's major and minor number",
    arguments: [
      ("1.0.1.5", PatchNotHighest.kind.code), ("1.0.2.0", PatchExists.kind.code),
      ("1.1.0.1", PatchVersion.kind.code),
    ]
  )
  func patchOrder(version: String, code: String) throws {
    let state = try installed([
      base, "X_Patch_00000001 1.0.1.0 by A patch of X", "X_Patch_00000002 1.0.2.0 by A patch of X",
    ])
    let patch = try plan("X_Patch_00000003 \(version) by A patch of X", on: state)
    #expect(patch.findings.map(\.code) == [code])
  }
}
