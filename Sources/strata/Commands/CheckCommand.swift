import ArgumentParser
import Contract
import Faces
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what authors should look at before a package goes anywhere.",
    discussion: """
      Several packages are looked at together: what one brings another may need. Rules stand in docs/check.md; strata \
      explain RULE says more. What you have decided to live with stands in \(SuppressionFile.standard), each with its reason.

      Exit status: 0 nothing to look at, 2 warnings, 4 errors, 1 could not be read, 64 wrong usage. --fail-on says from \
      what on it is not 0.
      """
  )

  @Argument(
    help: "Solution packages (.zip or .cab), or folders of unpacked ones.",
    completion: .package
  )
  var packages: [String]

  @Option(
    help: ArgumentHelp(
      "What is to be left out, and why; default \(SuppressionFile.standard) here, if there is one.",
      valueName: "file"
    ),
    completion: .file()
  )
  var suppressions: String?

  @Option(
    help: ArgumentHelp("Write the findings as SARIF 2.1.0; - prints them.", valueName: "file"),
    completion: .file()
  )
  var sarif: String?

  enum Level: String, CaseIterable, ExpressibleByArgument {
    case error
    case warning
    case info
    case never
  }

  @Option(help: "From which severity on the exit status is not 0: error, warning, info or never.")
  var failOn = Level.warning

  @OptionGroup var folders: FolderOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if output.json, sarif == "-" {
      throw ValidationError("Take --json or --sarif -, not both.")
    }
  }

  func run() throws {
    let inputs = packages.map { Outputs.Input(path: $0, words: "a package that is checked") }
    let file = suppressions ?? Self.standardFile
    let outputs = try Outputs(
      [("--sarif", sarif)],
      reading: inputs + (file.map { [Outputs.Input(path: $0, words: "the suppressions")] } ?? [])
    )
    let suppressing = try file.map { try SuppressionFile.read($0) } ?? []
    var used: Set<Int> = []
    let reviews = try reviews(suppressing, used: &used)
    let status = status(reviews)
    if let sarif {
      let log = SarifLog(
        reviews,
        files: packages,
        release: Strata.release,
        spelled: Remedies.spelled
      )
      let text = try ShapeCoder.json(bare: log)
      if sarif == "-" {
        Console.give(text)
      } else {
        try outputs.write([(sarif, text)], isPrivate: false)
      }
    }
    if sarif != "-" {
      let shape = CheckShape(
        reviews,
        files: packages,
        unused: suppressing.indices.filter { !used.contains($0) }.map { suppressing[$0] },
        exitStatus: Int(status),
        spelled: Remedies.spelled
      )
      try output.give(shape) { CheckText(document: shape, style: $0).text() }
    }
    if status != 0 { throw ExitCode(status) }
  }

  private static var standardFile: String? {
    access(SuppressionFile.standard, F_OK) == 0 ? SuppressionFile.standard : nil
  }

  private func reviews(
    _ suppressing: [Suppression],
    used: inout Set<Int>
  ) throws -> [Review] {
    let read = try packages.map {
      try Files.authored($0, as: try folders.form(for: packages))
    }
    return read.enumerated().map { index, item in
      let beside = read.indices.filter { $0 != index }.map { read[$0].package }
      let authored = AuthoredPackage(
        item.package,
        texts: item.texts,
        source: item.source,
        beside: beside
      )
      return Review(authored, suppressing: suppressing, used: &used)
    }
  }

  private func status(_ reviews: [Review]) -> Int32 {
    let worst = reviews.flatMap(\.findings).map(\.severity).min()
    return switch (worst, failOn) {
    case (nil, _), (_, .never), (.info, .warning), (.info, .error), (.warning, .error): 0
    case (.error, _): 4
    case (.warning, _), (.info, _): 2
    }
  }
}
