import ArgumentParser
import Contract
import Faces
import FoundationEssentials
import Hashing
import Lifecycle
import Solutions

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what importing packages would do.",
    discussion: """
      Exit status: 0 nothing would change, 2 it would change, 3 it would destroy components or data, \
      4 it would be refused, 1 it could not be read, 64 wrong usage.
      """
  )

  @Argument(
    help: "Packages to import (.zip, .cab or a folder); several make one plan.",
    completion: .package
  )
  var packages: [String]

  @OptionGroup var state: StateOptions

  @OptionGroup var importing: ImportOptions

  @Option(
    help: "Rows and values per table and column, counted elsewhere (docs/rows.md).",
    completion: .json
  )
  var rows: String?

  @Option(
    help: "Facts of a live environment (`strata facts pull`): what lies there beside the packages.",
    completion: .json
  )
  var facts: String?

  @Flag(help: "Also over a plan with facts of another environment.")
  var force = false

  @Option(help: "Save the plan; `strata show` shows it again.", completion: .file())
  var out: String?

  @Option(help: "Write a report in Markdown; - is standard output.", completion: .file())
  var markdown: String?

  @Option(
    help: "The most characters of the Markdown report; whole entries are left out, deletions last.",
    transform: Numbers.characters
  )
  var markdownLimit = 60_000

  @Option(help: "Write a report as one HTML file; - is standard output.", completion: .file())
  var html: String?

  @Flag(inversion: .prefixedNo, help: "Count the rows and values that would be lost.")
  var count = true

  @Flag(help: "Needs that neither packages nor target meet refuse the plan.")
  var strict = false

  @Option(
    name: .customLong("assume-solution"),
    parsing: .singleValue,
    help: "A solution that the target has (\"Base 1.0\"), or a file with one a line; repeatable."
  )
  var assumed: [String] = []

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !packages.isEmpty else { throw ValidationError("Name at least one package.") }
    guard assumed.isEmpty || !state.isOnEnvironment else {
      throw ValidationError("An environment knows its solutions: no --assume-solution there.")
    }
    guard facts == nil || !state.isOnEnvironment else {
      throw ValidationError("Facts go with packages: no --facts with --env.")
    }
    guard rows == nil || !state.isOnEnvironment else {
      throw ValidationError("An environment counts its own rows: no --rows there.")
    }
  }

  func run() async throws {
    let kinds = ComponentKinds.standard
    let target = try PlanOutput(
      output,
      out: out,
      markdown: markdown,
      markdownLimit: markdownLimit,
      html: html,
      view: try reading.view(),
      reading: inputs,
      in: state.isOnEnvironment ? state.environment.location : nil
    )
    let form = try state.folders.form(for: packages + state.against)
    let archives = try packages.map { try Files.archive($0, as: form) }
    let counts = try rows.map { try SavedCounts.read($0).counts } ?? RowCounts()
    var document: PlanShape
    if state.isOnEnvironment {
      let lifecycle = try await state.environment.lifecycle()
      let options = try importing.options(isStrict: true)
      let plan = try await lifecycle.plan(
        .importing(archives, options),
        counting: count ? .reported { Progress.counting($0) } : .skipped
      )
      document = PlanShape(plan, kinds: kinds)
      var chosen = OptionsShape(importing.chosen)
      chosen.count = count ? nil : false
      document.apply = PlanShape.Apply(
        version: Strata.release,
        fingerprint: plan.fingerprint,
        packages: zip(packages, archives).map { path, archive in
          .init(
            path: Files.absolute(path),
            sha256: archive.package.digest.description,
            packageType: form?.wire
          )
        },
        options: chosen
      )
    } else {
      let told = try facts.map { try FactsFile.read($0) }
      if let told, let out { try FactsFile.requireSame(told, asPlan: out, isForced: force) }
      let counted = (told?.counts ?? RowCounts()).overlaid(by: counts)
      var options = try importing.options(isStrict: strict, counts: counted)
      options.assumedSolutions = try AssumedSolutions.read(assumed)
      let plan = Plan.importing(
        archives.map(\.package),
        on: try told.map { try state.packages(among: $0, kinds: kinds) }
          ?? state.packages(kinds: kinds),
        kinds: kinds,
        options: options
      )
      document = PlanShape(plan, kinds: kinds)
      document.base.target = state.against.isEmpty ? .empty : .packages
    }
    try target.write(document)
    throw ExitCode(document.status)
  }
}

extension PlanCommand {
  private var inputs: [Outputs.Input] {
    let named = [
      (packages, "the package that is planned"), (state.against, "a package given with --against"),
      ([rows].compactMap(\.self), "the counts given with --rows"),
      ([facts].compactMap(\.self), "the facts given with --facts"),
      ([importing.settingsFile].compactMap(\.self), "the settings file"),
      (assumed, "given with --assume-solution"),
    ]
    return named.flatMap { paths, words in paths.map { Outputs.Input(path: $0, words: words) } }
  }
}

/// Solutions that a target is said to have: `Base 1.0`, or a file with one a line.
enum AssumedSolutions {
  static func read(_ texts: [String]) throws -> [SolutionName: SolutionVersion?] {
    var solutions: [SolutionName: SolutionVersion?] = [:]
    for text in texts {
      let isFile = FileManager.default.fileExists(atPath: text)
      let content = isFile ? String(decoding: try Files.bytes(of: text), as: UTF8.self) : text
      let lines = content.split(whereSeparator: \.isNewline).map(String.init)
      for line in lines where !line.hasPrefix("#") {
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        if words.isEmpty { continue }
        guard let name = SolutionName(words[0]), words.count <= 2 else { throw unclear(line) }
        var version: SolutionVersion?
        if words.count == 2 {
          // As needs name them, too: Base (1.0.0.0).
          guard let stated = SolutionVersion(words[1].filter { !"()".contains($0) }) else {
            throw unclear(line)
          }
          version = stated
        }
        solutions[name] = .some(version)
      }
    }
    return solutions
  }

  private static func unclear(_ line: String) -> Failure {
    Failure(
      .usage,
      "“\(line.shown(80))” names no solution\n"
        + "  → --assume-solution \"Base 1.0\", or a file",
      status: 64
    )
  }
}

extension PlanOptions.Choice: ExpressibleByArgument {}
