import Solutions
import TestSupport
import Testing

/// What holds for every package, over seeds.
@Suite("Laws of planning")
struct LawTests {
  static let seeds = 0..<40 as Range<UInt64>

  private func read(_ text: String) throws -> SolutionPackage { try PackageText(text).read() }

  @Test("Upgrade to the same content changes nothing but the version", arguments: seeds)
  func same(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let body = RandomPackage.body(&random)
    let state = try installed(["X 1.0 by A\n" + body])
    let again = Plan.importing([try read("X 1.0 by A\n" + body)], on: state)
    #expect(again.effects.isEmpty)
    #expect(again.changes.isEmpty)
    let higher = Plan.importing([try read("X 1.1 by A\n" + body)], on: state)
    #expect(higher.changes.isEmpty)
    #expect(higher.solutions.map { $0.after?.text } == ["1.1"])
  }

  @Test("Uninstall after install is identity", arguments: seeds)
  func uninstall(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let before = try installed(["Low 1.0 by A\n" + RandomPackage.body(&random)])
    let install = Plan.importing(
      [try read("X 1.0 by A\n" + RandomPackage.body(&random))],
      on: before
    )
    let after = before.applying(install)
    #expect(after.brokenInvariants() == [])
    let back = after.applying(Plan.uninstalling(try #require(SolutionName("X")), on: after))
    #expect(back.isSame(as: before))
  }

  @Test("Planning a set equals planning one after another", arguments: seeds)
  func set(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let state = try installed(["X 1.0 by A\n" + RandomPackage.body(&random)])
    let packages = [
      try read("Y 1.0 by A\n" + RandomPackage.body(&random)),
      try read("X 1.1 by A\n" + RandomPackage.body(&random)),
    ]
    let together = Plan.importing(packages, on: state)
    var oneByOne = state
    for planned in together.packages {
      let package = try #require(packages.first { $0.digest == planned.digest })
      oneByOne = oneByOne.applying(Plan.importing([package], on: oneByOne))
    }
    #expect(state.applying(together).isSame(as: oneByOne))
  }

  /// Half of the seeds leave unmanaged work as drafts.
  private func options(_ seed: UInt64) -> PlanOptions {
    PlanOptions(publishes: seed.isMultiple(of: 2))
  }

  @Test("Planning on a footprint equals planning on the whole", arguments: seeds)
  func footprint(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let kinds = ComponentKinds.standard
    let state = try installed(
      [
        "X 1.0 by A\n" + RandomPackage.body(&random), "Y 1.0 by B\n" + RandomPackage.body(&random),
        "Far 1.0 by C\ntable far\ncolumn far.away\nview vf far away",
        "Mine 1.0 by A unmanaged\n" + RandomPackage.body(&random),
      ],
      options: options(seed)
    )
    let package = try read("X 1.1 by A\n" + RandomPackage.body(&random))
    let footprint = try Footprint(
      of: [package],
      on: Array(state.solutions.values),
      index: StateIndex(state, kinds: kinds),
      kinds: kinds
    )
    #expect(!footprint.components.contains(.entity("far")))
    let slice = state.restricted(to: footprint)
    expectSame(
      Plan.importing([package], on: state),
      Plan.importing([package], on: slice)
    )

    let drafts = Set(state.drafts.keys)
    let publishing = try Footprint(
      of: [],
      changing: drafts,
      on: Array(state.solutions.values),
      index: StateIndex(state, kinds: kinds),
      kinds: kinds
    )
    expectSame(
      Plan.publishing(.all, on: state),
      Plan.publishing(.all, on: state.restricted(to: publishing))
    )

    for name in ["X", "Y", "Mine"] {
      let name = try #require(SolutionName(name))
      let footprint = try Footprint(
        of: [],
        and: [name],
        on: Array(state.solutions.values),
        index: StateIndex(state, kinds: kinds),
        kinds: kinds
      )
      expectSame(
        Plan.uninstalling(name, on: state),
        Plan.uninstalling(name, on: state.restricted(to: footprint))
      )
    }
  }

  @Test("What one package of a set drops is protected, also where another one brings it")
  func footprintOfSets() throws {
    let kinds = ComponentKinds.standard
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.z nvarchar 5", "B 1.0 by B\nshell t\nview v t z",
    ])
    let packages = [
      try read("X 1.1 by A\ntable t"), try read("Y 1.0 by C\nshell t\ncolumn t.z nvarchar 5"),
    ]
    let footprint = try Footprint(
      of: packages,
      on: Array(state.solutions.values),
      index: StateIndex(state, kinds: kinds),
      kinds: kinds
    )
    let whole = Plan.importing(packages, on: state)
    #expect(!whole.isApplicable)
    expectSame(whole, Plan.importing(packages, on: state.restricted(to: footprint)))
  }

  private func expectSame(_ whole: Plan, _ slice: Plan) {
    #expect(whole.effects == slice.effects)
    #expect(whole.changes == slice.changes)
    #expect(whole.findings == slice.findings)
  }

  @Test("Going back to the state before is that state, whatever was planned", arguments: seeds)
  func restore(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let state = try installed(
      [
        "X 1.0 by A\n" + RandomPackage.body(&random), "Y 1.0 by A\n" + RandomPackage.body(&random),
        "Mine 1.0 by A unmanaged\n" + RandomPackage.body(&random),
      ],
      options: options(seed)
    )
    let next = try read("X 1.1 by A\n" + RandomPackage.body(&random))
    let mine = try read("Mine 1.1 by A unmanaged\n" + RandomPackage.body(&random))
    let x = try #require(SolutionName("X"))
    for plan in [
      Plan.importing([mine], on: state), Plan.publishing(.all, on: state),
      Plan.importing([next], on: state), Plan.uninstalling(x, on: state),
      Plan.importing([next], on: state, options: PlanOptions(choice: .stage)),
    ] {
      let after = state.applying(plan)
      let back = after.applying(Plan.restoring(state, on: after, undoing: 3))
      #expect(back.isSame(as: state))
      #expect(back.publishers == state.publishers)
      #expect(Plan.restoring(state, on: back, undoing: 3).effects.isEmpty)
    }
  }

  @Test("Single-step upgrade equals stage and apply", arguments: seeds)
  func stage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let state = try installed([
      "X 1.0 by A\n" + RandomPackage.body(&random), "Y 1.0 by A\n" + RandomPackage.body(&random),
    ])
    let next = try read("X 1.1 by A\n" + RandomPackage.body(&random))
    let single = state.applying(Plan.importing([next], on: state))
    let staged = state.applying(
      Plan.importing([next], on: state, options: PlanOptions(choice: .stage))
    )
    let applied = staged.applying(
      Plan.applyingUpgrade(of: try #require(SolutionName("X")), on: staged)
    )
    #expect(applied.isSame(as: single))
    #expect(applied.brokenInvariants() == [])
  }

  @Test("Drafts and their publishing come to what publishing at once comes to", arguments: seeds)
  func publish(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let packages = [
      "X 1.0 by A\n" + RandomPackage.body(&random),
      "Mine 1.0 by A unmanaged\n" + RandomPackage.body(&random),
      "Mine 1.1 by A unmanaged\n" + RandomPackage.body(&random),
    ]
    let drafted = try installed(packages, options: PlanOptions())
    let managed = try installed([packages[0]])
    #expect(
      drafted.stacks.filter { $0.value.isManaged && drafted.drafts[$0.key] != nil }.allSatisfy {
        $0.value == managed.stacks[$0.key]
      }
    )
    #expect(drafted.brokenInvariants() == [])
    let published = drafted.applying(Plan.publishing(.all, on: drafted))
    #expect(published.isSame(as: try installed(packages)))
  }

  @Test("A different definition has a different property", arguments: seeds)
  func properties(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let old = try read("X 1.0 by A\n" + RandomPackage.body(&random))
    let new = try read("X 1.0 by A\n" + RandomPackage.body(&random))
    for entry in PackageDifference(from: old, to: new).entries where entry.action == .change {
      #expect(!entry.properties.isEmpty)
    }
  }
}

/// Packages over a small vocabulary, so that they meet each other.
enum RandomPackage {
  static func body(_ random: inout SeededGenerator) -> String {
    var lines: [String] = []
    for table in ["t", "u"] where Bool.random(using: &random) {
      lines.append("table \(table)")
      let columns = ["a", "b", "c"].filter { _ in Bool.random(using: &random) }
      for column in columns {
        lines.append("column \(table).\(column) nvarchar \(Int.random(in: 1...3, using: &random))")
      }
      if Bool.random(using: &random) {
        lines.append("view v\(table) \(table) \(columns.joined(separator: " "))")
      }
    }
    if Bool.random(using: &random) {
      let values = (1...4).filter { _ in Bool.random(using: &random) }
      lines.append("choice o \(values.map(String.init).joined(separator: " "))")
    }
    if Bool.random(using: &random) {
      lines.append("resource new_/a.js \(Int.random(in: 1...3, using: &random))")
    }
    return lines.joined(separator: "\n")
  }
}
