import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Compare two packages, or an environment with either.",
    discussion: """
      Two packages: component by component, property by property. With --env and packages: drift, where what is in \
      effect in the environment differs from what the packages alone would bring; with --facts too, from what these \
      and a live environment would. With --env twice: what is in effect in both. Exit status: 0 no difference, 2 different, 1 could not be read, 64 wrong usage.
      """
  )

  @Argument(
    help: "The older and the newer package; with --env, packages in the order of installation.",
    completion: .package
  )
  var packages: [String] = []

  @Option(
    name: .customLong("env"),
    parsing: .singleValue,
    help: "An environment's file; twice compares two environments.",
    completion: .environment
  )
  var environments: [String] = []

  @Option(
    help:
      "With --env, facts of a live environment (`strata facts pull`), beside packages of it or alone.",
    completion: .json
  )
  var facts: String?

  @OptionGroup var folders: FolderOptions
  @OptionGroup var filters: FilterOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard environments.isEmpty || filters.impact.isEmpty else {
      throw ValidationError("Two states have no impact: --impact is of plans and of two packages.")
    }
    switch (environments.count, packages.count) {
    case (1, 0...) where facts != nil: return
    case _ where facts != nil: throw ValidationError("--facts goes with one --env.")
    case (0, 2), (1, 1...), (2, 0): return
    default:
      throw ValidationError("Name two packages, --env and packages, or --env twice.")
    }
  }

  func run() async throws {
    let kinds = ComponentKinds.standard
    let view = try filters.view()
    guard let first = environments.first else {
      let form = try folders.form(for: packages)
      let read = try packages.map { try Files.package($0, as: form) }
      let (before, after) = (read[0], read[1])
      for package in read { Files.tellForm(of: package) }
      let document = DiffShape(before, after, kinds: kinds)
      try output.give(document.filtered(by: view.filter, view.words)) {
        DiffText(document: document, style: $0, view: view).text()
      }
      throw ExitCode(document.isEmpty ? 0 : 2)
    }
    let there = try await Self.state(of: first)
    let difference: StateDifference
    let names: (String, String)
    if environments.count == 2 {
      difference = StateDifference(
        from: there,
        to: try await Self.state(of: environments[1]),
        kinds: kinds
      )
      names = (first, environments[1])
    } else if let facts {
      // A live environment tells of all that it has.
      difference = StateDifference(from: try told(facts), to: there, kinds: kinds)
      names = (([facts] + packages).joined(separator: ", "), first)
    } else {
      let expected = try StateOptions.installed(
        packages,
        as: try folders.form(for: packages),
        kinds: kinds
      )
      let solutions = Set(expected.solutions.keys)
      difference = StateDifference(
        from: expected,
        to: there,
        among: Self.scope(of: solutions, expected, there),
        of: solutions,
        kinds: kinds
      )
      names = (packages.joined(separator: ", "), first)
    }
    let document = DriftShape(difference, from: names.0, to: names.1, kinds: kinds)
    try output.give(document.filtered(by: view.filter, view.words)) { document.text($0, view) }
    throw ExitCode(difference.isEmpty ? 0 : 2)
  }

  private func told(_ path: String) throws -> InstalledState {
    let facts = try FactsFile.read(path)
    _ = try folders.form(for: packages)
    let read = try packages.map { try Files.package($0, as: folders.packageType) }
    do {
      return try InstalledState.installing(read, among: facts)
    } catch {
      throw StateOptions.failure(at: packages[error.place], error.error)
    }
  }

  /// What the packages bring, what the solutions have there, and what unmanaged work has added to that.
  private static func scope(
    of solutions: Set<SolutionName>,
    _ expected: InstalledState,
    _ there: InstalledState
  ) -> Set<ComponentID> {
    var scope = Set(expected.stacks.keys)
    for name in solutions { scope.formUnion(there.solutions[name]?.members ?? []) }
    for (id, stack) in there.stacks where !stack.isManaged {
      if let whole = stack.top.component.parent, scope.contains(whole) { scope.insert(id) }
    }
    return scope
  }

  private static func state(of path: String) async throws -> InstalledState {
    let options = try EnvironmentOptions.parse(["--env", path])
    return try await options.lifecycle().ask(StateQuestion())
  }
}
