import Solutions
import TestSupport
import Testing

/// Plans with facts of an environment that holds the corpus, with and without the packages behind it.
@Suite(
  "Facts of an environment of real packages",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct FactsLawTests {
  /// The last managed version of each chain, and the one before it.
  private static let upgrades: [(older: SolutionPackage, newer: SolutionPackage)] = {
    Chain.all.compactMap { chain in
      let files = chain.files.suffix(2)
      guard files.count == 2, let older = try? Corpus.read(files[files.startIndex]),
        let newer = try? Corpus.read(files[files.startIndex + 1]), newer.manifest.isManaged,
        older.manifest.isManaged
      else { return nil }
      return (older, newer)
    }
  }()

  /// What can be installed beside each other, in order.
  private static let installed: (packages: [SolutionPackage], state: InstalledState) = {
    var packages: [SolutionPackage] = []
    var state = InstalledState()
    for (older, _) in upgrades {
      guard let next = try? Plan.installing(older, on: state) else { continue }
      state = next
      packages.append(older)
    }
    return (packages, state)
  }()

  private static let facts = Facts(of: installed.state)

  /// With every other package, all of them, or none.
  private static let states: [[SolutionName]: InstalledState] = {
    let packages = installed.packages
    let halves = [0, 1].map { half in
      packages.enumerated().filter { $0.offset % 2 == half }.map(\.element)
    }
    return ([packages, []] + halves).reduce(into: [:]) { states, given in
      states[given.map(\.name)] = try? InstalledState(given, among: facts)
    }
  }()

  @Test("strata.facts with all packages given, each upgrade is what it is on the environment")
  func whole() throws {
    let given = Self.installed.packages
    #expect(given.count > 5)
    let told = try #require(Self.states[given.map(\.name)])
    for (_, newer) in Self.upgrades where given.contains(where: { $0.name == newer.name }) {
      let full = Plan.importing([newer], on: Self.installed.state)
      let plan = Plan.importing([newer], on: told)
      // What packages list without content is no component of the state that is told of here.
      let lines = spelled(plan).split(separator: "\n").filter {
        !$0.hasPrefix("? strata.listed-otherwise")
      }
      #expect(lines == spelled(full).split(separator: "\n"), "\(newer.name)")
    }
  }

  @Test("strata.facts what blocks a deletion blocks it, or is not known, with packages withheld")
  func withheld() throws {
    #expect(Self.states.count == 4)
    var blocked = 0
    for (_, newer) in Self.upgrades {
      let full = Plan.importing([newer], on: Self.installed.state)
      let blockages = full.findings.filter { Self.isBlockage($0) }
      guard !blockages.isEmpty else { continue }
      for (given, state) in Self.states {
        let told = Plan.importing([newer], on: state)
        let refused = Set(told.findings.filter { $0.severity == .error }.map(\.subject))
        let open = told.findings.filter { $0.code == "strata.not-known" }.flatMap(\.because)
        for finding in blockages {
          blocked += 1
          let goes = told.changes.contains { change in
            change.action == .delete && Self.address(change) == finding.subject
          }
          let isKnown =
            refused.contains(finding.subject)
            || open.contains { $0.hasPrefix("\(finding.subject): ") }
          #expect(
            isKnown || !goes,
            "\(newer.name) with \(given.count) packages: \(finding.message)"
          )
        }
      }
    }
    #expect(blocked > 0)
  }

  @Test("strata.facts of an environment that tells no uses, no deletion is a clean go")
  func silent() throws {
    let silent = Facts(of: Self.installed.state, silent: Set(Self.installed.state.stacks.keys))
    let state = try InstalledState(Self.installed.packages, among: silent)
    for (_, newer) in Self.upgrades {
      let plan = Plan.importing([newer], on: state)
      let open = Set(plan.findings.filter { $0.code == "strata.not-known" }.flatMap(\.because))
      for change in plan.changes where change.action == .delete {
        let kind = ComponentKinds.standard[change.id.type]
        if case .implied = kind.base { continue }
        #expect(
          open.contains { $0.hasPrefix("\(Self.address(change)): ") },
          "\(newer.name): \(Self.address(change))"
        )
      }
    }
  }

  @Test("strata.facts an environment that begins with them holds the same, and is sound")
  func taken() {
    #expect(Self.states.count == 4)
    for (given, state) in Self.states {
      let plan = Plan.taking(state, on: InstalledState())
      let taken = InstalledState().applying(plan)
      #expect(taken.stacks == state.stacks, "\(given.count) packages")
      #expect(taken.solutions == state.solutions && taken.facts == state.facts)
      #expect(taken.settings == state.settings && taken.publishers == state.publishers)
      #expect(taken.brokenInvariants() == [])
    }
  }

  private static func isBlockage(_ finding: Finding) -> Bool {
    finding.severity == .error
      && ["0x8004F01F", "strata.base-layer"].contains(finding.code)
  }

  private static func address(_ change: Change) -> String {
    "\(ComponentKinds.standard[change.id.type].name):\(change.name)"
  }
}
