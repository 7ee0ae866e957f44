import Solutions
import TestSupport
import Testing

/// The worked examples of dependencies (§8), as far as they need no edits of the active layer by command.
@Suite("Dependencies, worked examples")
struct DependencyExamplesTests {
  private func plan(_ text: String, on state: InstalledState) throws -> Plan {
    Plan.importing([try PackageText(text).read()], on: state)
  }

  @Test("DP §8.1 a dependent that goes in the same set does not block")
  func insideTheSet() throws {
    let state = try installed(["X 1.0 by A\ntable t\ncolumn t.a\ncolumn t.b\nview v t a b"])
    #expect(
      spelled(try plan("X 1.1 by A\ntable t\ncolumn t.a", on: state)) == """
        - Attribute t.b
        - SavedQuery v
        """
    )
    // The other way round: the view stays and no longer names the column (DP-435).
    #expect(
      spelled(try plan("X 1.1 by A\ntable t\ncolumn t.a\nview v t a", on: state)) == """
        - Attribute t.b
        ~ SavedQuery v
        """
    )
  }

  @Test("DP §8.3 DP-201 only the topmost layer of the dependent counts")
  func topmostLayer() throws {
    let managed = [
      "X 1.0 by A\ntable t\ncolumn t.a\ncolumn t.b", "Y 1.0 by B\nshell t\nview v t a b",
    ]
    let next = "X 1.1 by A\ntable t\ncolumn t.a"
    #expect(try plan(next, on: try installed(managed)).isApplicable == false)
    let edited = managed + ["Mine 1.0 by A unmanaged\nshell t\nview v t a"]
    #expect(spelled(try plan(next, on: try installed(edited))) == "- Attribute t.b")
  }

  @Test("DP-435 every blocked component and every dependent is told")
  func allBlockers() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.a\ncolumn t.b\ncolumn t.c",
      "Y 1.0 by B\nshell t\nview v1 t b c\nview v2 t b",
    ])
    let upgrade = try plan("X 1.1 by A\ntable t\ncolumn t.a", on: state)
    let blocked = upgrade.findings.filter { $0.code == InUse.kind.code }
    #expect(blocked.map(\.subject) == ["Attribute:t.b", "Attribute:t.c"])
    #expect(blocked.map { $0.because.count } == [3, 2])
    #expect(blocked.allSatisfy { $0.remedies.sentence()?.contains("Y") ?? false })
  }

  @Test("DP-102 parts go with their whole, unmanaged ones too")
  func parts() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.a\ntable keep",
      "Mine 1.0 by A unmanaged\nshell t\ncolumn t.mine",
    ])
    #expect(
      spelled(try plan("X 1.1 by A\ntable keep", on: state)) == """
        - Entity t
        - Attribute t.a
        - Attribute t.mine
        ? strata.unmanaged-work-goes DP-440
        """
    )
  }

  @Test("DP-102 a part that another managed solution brought keeps the whole")
  func foreignPart() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ntable keep", "Y 1.0 by B\nshell t\ncolumn t.theirs",
    ])
    #expect(
      try plan("X 1.1 by A\ntable keep", on: state).findings.map(\.code).contains(InUse.kind.code)
    )
  }

  @Test("DP §8.5 DP-106 a managed component cannot depend on an unmanaged one")
  func managedOnUnmanaged() throws {
    let state = try installed([
      "Sys 1.0 by A\ntable t", "Mine 1.0 by A unmanaged\nshell t\ncolumn t.x",
    ])
    let codes = try plan("X 1.0 by B\nshell t\nview v t x", on: state).findings.map(\.code)
    #expect(codes.contains(DependsOnUnmanaged.kind.code))
  }

  @Test("DP §8.6 DP-304 what is missing is told whole; with its solution first it is met")
  func missing() throws {
    let needing = try PackageText("Y 1.0 by B\nshell t\nview v t a\nneeds Attribute t.a from X")
      .read()
    let providing = try PackageText("X 1.0 by A\ntable t\ncolumn t.a").read()
    let alone = Plan.importing([needing], on: InstalledState())
    #expect(
      alone.findings.filter { $0.code == MissingDependencies.kind.code }.map(\.severity) == [
        .warning
      ]
    )
    let strict = Plan.importing(
      [needing],
      on: InstalledState(),
      options: PlanOptions(isStrict: true)
    )
    #expect(!strict.isApplicable)
    let assumed = Plan.importing(
      [needing],
      on: InstalledState(),
      options: PlanOptions(assumesPresent: true, isStrict: true)
    )
    #expect(assumed.isApplicable)
    // In one set the order is found.
    let together = Plan.importing(
      [needing, providing],
      on: InstalledState(),
      options: PlanOptions(isStrict: true)
    )
    #expect(together.isApplicable)
    #expect(together.packages.map(\.name.text) == ["X", "Y"])
  }

  @Test("E §E an uninstall is blocked with the code of who blocks")
  func uninstall() throws {
    let x = "X 1.0 by A\ntable t\ncolumn t.a\ntable u"
    let name = try #require(SolutionName("X"))
    // A relationship of another table refers to ours.
    let managed = try installed([
      x, "Y 1.0 by B\ntable w\ncolumn w.l lookup\nrelationship r w.l -> t",
    ])
    #expect(
      Plan.uninstalling(name, on: managed).findings.map(\.code).contains(
        UninstallProtected.kind.code
      )
    )
    let unmanaged = try installed([
      x, "Mine 1.0 by A unmanaged\ntable w\ncolumn w.l lookup\nrelationship r w.l -> t",
    ])
    #expect(
      Plan.uninstalling(name, on: unmanaged).findings.map(\.code).contains(
        UninstallInUse.kind.code
      )
    )
  }
}
