import Solutions
import TestSupport
import Testing

/// The fingerprint says what a state is, not where it lies or how it came about.
@Suite("Fingerprints of states")
struct FingerprintTests {
  private func state(_ texts: String..., environment: String = "here") throws -> InstalledState {
    try installed(texts, on: InstalledState(environment: environment))
  }

  private func uninstalling(_ name: String, from state: InstalledState) throws -> InstalledState {
    let name = try #require(SolutionName(name))
    return state.applying(Plan.uninstalling(name, on: state))
  }

  @Test("The same packages in two environments give one fingerprint", arguments: LawTests.seeds)
  func environments(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let texts = [
      "X 1.0 by A\n" + RandomPackage.body(&random), "Y 1.0 by B\n" + RandomPackage.body(&random),
      "U 1.0 by A unmanaged\n" + RandomPackage.body(&random),
    ]
    let here = try installed(texts, on: InstalledState(environment: "here"))
    let there = try installed(texts, on: InstalledState(environment: "there", revision: 70))
    let x = try #require(SolutionName("X"))
    #expect(here.solutions[x]?.id != there.solutions[x]?.id)
    #expect(here.fingerprint == there.fingerprint)
  }

  @Test(
    "What was installed and uninstalled before leaves no trace in it",
    arguments: LawTests.seeds
  )
  func histories(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let texts = [
      "X 1.0 by A\n" + RandomPackage.body(&random), "Y 1.0 by B\n" + RandomPackage.body(&random),
    ]
    let straight = try installed(texts)
    let first = try uninstalling(
      "Gone",
      from: try state("Gone 1.0 by C\n" + RandomPackage.body(&random))
    )
    let roundabout = try installed(texts, on: first)
    #expect(
      roundabout.solutions.values.map(\.block).sorted()
        == straight.solutions.values.map(\.block).sorted()
    )
    #expect(roundabout.fingerprint == straight.fingerprint)
    // With a gap between the blocks.
    let between = try installed(
      [texts[0], "Gone 1.0 by C\ntable gone", texts[1]]
    )
    let gap = try uninstalling("Gone", from: between)
    #expect(gap.solutions.values.map(\.block).max() == 3)
    #expect(gap.fingerprint == straight.fingerprint)
  }

  @Test("The order of installations is state: it decides who lies on top")
  func order() throws {
    let (x, y) = ("X 1.0 by A\ntable t\ncolumn t.a nvarchar 1", "Y 1.0 by A\ntable u")
    #expect(try state(x, y).fingerprint != state(y, x).fingerprint)
  }

  @Test("Publishers count where a solution uses them")
  func publishers() throws {
    let bare = try state("X 1.0 by A\ntable t")
    let rest = try uninstalling("Y", from: try state("X 1.0 by A\ntable t", "Y 1.0 by B\ntable u"))
    #expect(rest.publishers.count == 2)
    #expect(rest.fingerprint == bare.fingerprint)
  }

  @Test("Everything that is state changes it")
  func everything() throws {
    let base = try state("X 1.0 by A\ntable t\ncolumn t.a nvarchar 1 A")
    let x = try #require(SolutionName("X"))
    let id = ComponentID.attribute("t", "a")
    let solution = try #require(base.solutions[x])
    let layer = try #require(base.stacks[id]?.top)
    func named(_ name: String?, _ label: String?, _ parent: ComponentID?) -> Layer {
      Layer(
        solution: layer.solution,
        publisher: layer.publisher,
        rank: layer.rank,
        component: Component(
          id: id,
          name: name ?? layer.component.name,
          displayName: label,
          parent: parent,
          definition: layer.definition,
          location: layer.component.location
        )
      )
    }
    let draft = Layer(
      solution: .draft,
      publisher: layer.publisher,
      rank: .active,
      component: layer.component
    )
    let version = try #require(SolutionVersion("1.0.0.1"))
    let effects: [Plan.Effect] = [
      .putSolution(solution.with(members: solution.members.union([.entity("listed")]))),
      .putSolution(solution.with(version: version)),
      .putSolution(solution.with(displayName: "Other")),
      .putPublisher(
        Publisher(name: PublisherName("A"), displayName: "A", prefix: "x", optionValuePrefix: nil)
      ),
      .putLayer(named("t.A", "A", .entity("t"))), .putLayer(named(nil, "B", .entity("t"))),
      .putLayer(named(nil, nil, .entity("t"))), .putLayer(named(nil, "A", nil)),
      .putLayer(draft), .set(id, .value("on")), .set(id, .isOn(true)),
      .set(id, .connection(Secret("on", seal: nil))),
      .set(id, .value("")), .blockUnmanaged(true), .deleteComponent(id), .removeSolution(x),
    ]
    let all =
      [base.fingerprint]
      + effects.map { effect in
        applying(effect, on: base).fingerprint
      }
    #expect(Set(all).count == all.count)
  }

  @Test("Where a definition stood in its package is no state, nor how a version is written")
  func places() throws {
    let base = try state("X 1.0 by A\ntable t")
    let x = try #require(SolutionName("X"))
    let (solution, layer) = (
      try #require(base.solutions[x]), try #require(base.stacks[.entity("t")]?.top)
    )
    let moved = Component(
      id: layer.component.id,
      name: layer.component.name,
      displayName: layer.component.displayName,
      parent: nil,
      definition: layer.definition,
      location: Location(file: "elsewhere", line: 3)
    )
    let version = try #require(SolutionVersion("1.0.0.0"))
    for effect in [
      Plan.Effect.putSolution(solution.with(version: version)),
      .putLayer(
        Layer(solution: x, publisher: layer.publisher, rank: layer.rank, component: moved)
      ),
    ] {
      #expect(applying(effect, on: base).fingerprint == base.fingerprint)
    }
  }

  private func applying(_ effect: Plan.Effect, on state: InstalledState) -> InstalledState {
    var state = state
    state.apply(effect)
    return state
  }
}
