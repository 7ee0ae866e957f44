import ArgumentParser
import Contract
import Faces
import FoundationEssentials
import Lifecycle
import SQL
import Solutions

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Create an environment, empty or from facts.",
    discussion: """
      With --from-facts it holds what a live environment reported, with the packages of --against, in the order in which \
      they were installed there: of other solutions it is known that they have layers, and not what these say. Plans on \
      it respect both. See docs/live.md.
      """
  )

  @Option(
    name: .customLong("from-facts"),
    help: "Facts of a live environment (`strata facts pull`).",
    completion: .json
  )
  var facts: String?

  @Option(
    name: .long,
    parsing: .singleValue,
    help:
      "With --from-facts, a package that is installed there; repeat in the order of installation.",
    completion: .package
  )
  var against: [String] = []

  @OptionGroup var folders: FolderOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard facts != nil || against.isEmpty else {
      throw ValidationError("--against goes with --from-facts; strata import brings packages in.")
    }
  }

  func run() async throws {
    let beginning = try facts.map { try Beginning(of: $0, with: against, as: folders) }
    let (lifecycle, id) = try await create()
    let done = try await beginning?.make(lifecycle)
    let location = environment.location
    Console.isDone("the environment \(location)")
    if output.json {
      Console.give(
        try ShapeCoder.json(EnvironmentShape(environment: id.description, location: location))
      )
    } else if !output.quiet {
      Console.say("Created the environment \(location).")
      if let done, let beginning { Console.say(beginning.says(done)) }
      Console.suggest(NextStep.made, output)
    }
  }

  private func create() async throws -> (Lifecycle, GUID) {
    let location = environment.location
    guard let id = GUID(UUID().uuidString) else {
      preconditionFailure("a random UUID is a GUID")
    }
    do {
      let database = try environment.database(.create)
      return (
        try await Lifecycle.create(in: database, id: id, surroundings: .system), id
      )
    } catch let error as SQLError where error.reason == .exists {
      throw Failure(
        .environmentExists,
        "\(location) is there already; nothing was changed",
        remedy:
          "name another place with --env, or work with it: strata status --env \(location.word)"
      )
    } catch let error as SQLError where error.reason == .folder {
      throw EnvironmentOptions.folder(location)
    }
  }
}

/// What an environment begins with: facts of a live one, and packages that are installed there.
private struct Beginning {
  private let facts: Facts
  private let paths: [String]
  private let archives: [Request.Archive]

  /// - Throws: `Failure` for facts and packages that cannot stand together, before anything is made.
  init(of path: String, with paths: [String], as folders: FolderOptions) throws {
    facts = try FactsFile.read(path)
    guard !facts.isRedacted else {
      throw Failure(
        .badState,
        "\(path) is redacted: its names are those of no component",
        remedy: "take the file that it was made from"
      )
    }
    self.paths = paths
    _ = try folders.form(for: paths)
    archives = try paths.map { try Files.archive($0, as: folders.packageType) }
    let told: InstalledState
    do {
      told = try InstalledState.installing(archives.map(\.package), among: facts)
    } catch {
      throw StateOptions.failure(at: paths[error.place], error.error)
    }
    let plan = Plan.taking(told, on: InstalledState())
    let broken = told.brokenInvariants().map { "  \($0)" as Prose }
    let refused = plan.findings.filter { $0.severity == .error }.map {
      "  \($0.message) (\($0.code))" as Prose
    }
    guard (broken + refused).isEmpty else {
      throw Failure(
        .badState,
        (["\(path) and these packages are not of one environment:"] + refused + broken)
          .joined(separator: "\n")
      )
    }
  }

  func make(_ lifecycle: Lifecycle) async throws -> Lifecycle.Done {
    try await lifecycle.perform(.taking(facts, with: archives), by: .user, counting: .skipped)
  }

  func says(_ done: Lifecycle.Done) -> Prose {
    var (solutions, known, opaque) = (0, 0, 0)
    for effect in done.plan.effects {
      switch effect {
      case .putLayer(let layer) where layer.isOpaque: opaque += 1
      case .putLayer(let layer) where !layer.isAssumed: known += 1
      case .putSolution: solutions += 1
      default: continue
      }
    }
    return """
      It is what \(facts.url) reported at \(facts.at.rowText): \(solutions.counted("solution")), \
      \(known.counted("layer")) of packages, \(opaque.counted("layer")) whose content is not known.
      """
  }
}
