import Solutions
import TestSupport
import Testing

@Suite("What goes, what stays and who stands in the way when something is taken back")
struct DiscardTests {
  private func staged(_ texts: [String], _ next: String) throws -> (InstalledState, InstalledState)
  {
    let before = try installed(texts)
    let stage = Plan.importing(
      [try PackageText(next).read()],
      on: before,
      options: PlanOptions(choice: .stage)
    )
    #expect(stage.isApplicable)
    return (before, before.applying(stage))
  }

  private func discard(_ state: InstalledState) throws -> Plan {
    Plan.discardingUpgrade(of: try #require(SolutionName("X")), on: state)
  }

  private func uninstall(_ name: String, _ state: InstalledState) throws -> Plan {
    Plan.uninstalling(try #require(SolutionName(name)), on: state)
  }

  @Test("PF-215 deleting a component leaves it with those who list it without content")
  func members() throws {
    let before = try installed(["X 1.0 by A\ntable t\nroot 60 f"])
    let upgrade = Plan.importing(
      [try PackageText("X 1.1 by A\ntable t\nform f t").read()],
      on: before
    )
    let after = before.applying(upgrade)
    let back = after.applying(Plan.restoring(before, on: after, undoing: 2))
    #expect(back.fingerprint == before.fingerprint)
    #expect(back.isSame(as: before))
  }

  @Test("PF-215 who says something of what goes lists it no longer, who only lists it does")
  func listed() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\nroot 60 f", "Y 1.0 by A\nshell t\nform f t",
      "U 1.0 by A unmanaged\nshell t\nform f t",
    ])
    let plan = try uninstall("Y", state)
    let after = state.applying(plan)
    let form = try #require(state.stacks.keys.first { $0.type == .number(60) })
    #expect(after.stacks[form] == nil)
    let listing = after.solutions.values.filter { $0.members.contains(form) }.map(\.name.text)
    #expect(listing == ["X"])
  }

  @Test(
    "LY-532 a table that stood without a fallback form may do so again when a stage is given up"
  )
  func fallbackForm() throws {
    let (before, after) = try staged(["X 1.0 by A\ntable t"], "X 1.1 by A\ntable t\nform f t")
    let plan = try discard(after)
    #expect(plan.isApplicable)
    #expect(after.applying(plan).fingerprint == before.fingerprint)
  }

  @Test("LY-532 and when the solution is uninstalled that brought the form to another's table")
  func fallbackFormOfOthers() throws {
    let before = try installed(["X 1.0 by A\ntable t"])
    let after = try installed(["Y 1.0 by A\nshell t\nform f t"], on: before)
    let plan = try uninstall("Y", after)
    #expect(plan.isApplicable)
    #expect(after.applying(plan).fingerprint == before.fingerprint)
  }

  @Test("LC-414 what led nowhere before the stage does not block, and is told")
  func nowhere() throws {
    let form = "form f t z"
    let (before, after) = try staged(
      ["X 1.0 by A\ntable t\n\(form)"],
      "X 1.1 by A\ntable t\ncolumn t.z nvarchar 5\n\(form)"
    )
    let plan = try discard(after)
    #expect(plan.isApplicable)
    #expect(plan.findings.contains { $0.code == NamesMissing.kind.code && $0.severity == .warning })
    #expect(after.applying(plan).fingerprint == before.fingerprint)
  }

  @Test("LC-414 who has come to use what only the stage has stands in the way")
  func usedSince() throws {
    let (_, after) = try staged(
      ["X 1.0 by A\ntable t\nform f t z"],
      "X 1.1 by A\ntable t\ncolumn t.z nvarchar 5\nform f t z"
    )
    let used = try installed(["Y 1.0 by B\nshell t\nview v t z"], on: after)
    let plan = try discard(used)
    #expect(!plan.isApplicable)
    let blocked = try #require(plan.findings.first { $0.severity == .error })
    #expect(blocked.because.first?.hasSuffix("goes with the staged X 1.1") == true)
    #expect(!blocked.because.contains { $0.contains("Form") })
  }

  @Test("LY-1206 nobody moves when a stage is given up that had slid under another's layer")
  func slid() throws {
    let (before, after) = try staged(
      ["X 1.0 by A\ntable t", "Y 1.0 by A\nchoice o 1 2"],
      "X 1.1 by A\ntable t\nchoice o 1 2 3"
    )
    let plan = try discard(after)
    #expect(plan.isApplicable)
    #expect(after.applying(plan).isSame(as: before))
  }

  @Test("LC-414 what was unmanaged before the stage is so after it")
  func unmanaged() throws {
    let own = "table u\ncolumn u.a nvarchar 5"
    let (before, after) = try staged(
      ["X 1.0 by A\ntable t", "U 1.0 by A unmanaged\n\(own)"],
      "X 1.1 by A\ntable t\n\(own)"
    )
    let plan = try discard(after)
    #expect(plan.isApplicable)
    #expect(plan.changes.allSatisfy { $0.action != .delete })
    #expect(after.applying(plan).fingerprint == before.fingerprint)
  }

  @Test("PF-305 what is only taken to be there stays as long as anybody needs it")
  func rests() throws {
    let account = ComponentID.entity("account")
    let state = try installed([
      "X 1.0 by A\nshell account\ncolumn account.x nvarchar 5",
      "Y 1.0 by B\nshell account\ncolumn account.y nvarchar 5",
    ])
    let one = state.applying(try uninstall("X", state))
    #expect(one.stacks[account]?.base.isAssumed == true)
    let none = one.applying(try uninstall("Y", one))
    #expect(none.stacks.isEmpty)
    // Also when an upgrade lets go of it.
    let upgrade = Plan.importing([try PackageText("Y 1.1 by B\ntable t").read()], on: one)
    #expect(one.applying(upgrade).stacks[account] == nil)
    #expect(upgrade.changes.allSatisfy { $0.id != account || $0.action == .dereference })
  }

  @Test("PF-305 a reference that came later keeps it")
  func referenced() throws {
    let foreign = ComponentID.attribute("account", "new_f")
    let state = try installed([
      "X 1.0 by A\nshell account\nforeign account.new_f nvarchar 5",
      "Y 1.0 by B\nshell account\nview v account new_f",
    ])
    let left = state.applying(try uninstall("X", state))
    #expect(left.stacks[foreign].map { $0.layers.allSatisfy(\.isAssumed) } == true)
    let none = left.applying(try uninstall("Y", left))
    #expect(none.stacks[foreign] != nil || none.stacks.isEmpty)
  }

  @Test("PF-305 a rollback deletes nothing of the platform's and asks for no consent to it")
  func platform() throws {
    let before = try installed(["X 1.0 by A\nshell account\ncolumn account.x nvarchar 5"])
    let after = try installed(
      [
        """
        X 1.1 by A
        shell account
        column account.x nvarchar 5
        foreign account.new_f nvarchar 5
        shell contact
        column contact.y nvarchar 5
        """
      ],
      on: before
    )
    let back = Plan.restoring(before, on: after, undoing: 2)
    #expect(
      back.deletions(without: .none).map(\.id) == [.attribute("contact", "y")]
    )
    #expect(back.changes.map(\.action) == [.delete, .dereference])
    #expect(after.applying(back).fingerprint == before.fingerprint)
  }
}
