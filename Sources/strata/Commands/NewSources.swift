import ArgumentParser
import Contract
import Faces
import SolutionPackages
import Solutions

struct NewSources: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources",
    abstract: "Begin a folder of sources: those of an empty unmanaged solution.",
    discussion: """
      strata pack makes a package of them, and strata import takes the folder itself. Exit status: 0 done, 4 refused, \
      1 could not be done, 64 wrong usage.
      """
  )

  @Argument(help: "The folder; it is made where it is missing.", completion: .directory)
  var folder: String

  @Option(help: "Unique name of the solution; default what the folder is called.")
  var name: String?

  @Option(help: "Unique name of its publisher.")
  var publisher: String

  @Option(help: "Two to eight letters and digits, a letter first; without the underscore.")
  var prefix: String

  @Option(
    help: "The first five digits of the values of options; default one made of the prefix.",
    transform: Numbers.whole
  )
  var optionPrefix: Int?

  @Option(help: "Default: 1.0.0.0.")
  var version: SolutionVersion?

  @Option(help: "Of the solution; default: the unique name.")
  var displayName: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let called = name ?? Files.name(of: folder)
    guard let name = SolutionName(called) else {
      throw Failure(
        .usage,
        "“\(called.shown(80))” is no unique name of a solution",
        remedy: "letters, digits and underscores, no digit first: say --name",
        status: Failure.wrongUsage
      )
    }
    let target = try FolderTarget(folder, overwriting: false)
    let bytes = try bytes(of: try export(name))
    let file = "\(name).zip"
    let read = try Files.reader.read(bytes, file: file)
    let work = try target.work(
      for: (bytes, file),
      managed: nil,
      of: name,
      called: "what is to be made"
    )
    guard work.changes.changed.isEmpty, work.changes.removed.isEmpty, work.changes.unchanged == 0
    else {
      throw Failure(
        .wouldOverwrite,
        "\(folder) has the sources of \(name) already; nothing was written",
        remedy: "name another folder"
      )
    }
    try target.write(work)
    let document = UnpackShape(read, folder: folder, packageType: .unmanaged, files: work.shape)
    try output.give(document) {
      "\($0.bold("\(name)")) \(read.manifest.version), an empty solution, written to \(folder)\n"
    }
  }

  /// An empty solution of a new publisher, by the rules of environments.
  private func export(_ name: SolutionName) throws -> Export {
    let publisher = PublisherName(publisher)
    let first = Plan.makingPublisher(
      publisher,
      prefix: prefix,
      optionValuePrefix: optionPrefix,
      on: InstalledState()
    )
    let state = InstalledState().applying(first)
    let second = Plan.makingSolution(
      name,
      of: publisher,
      version: version,
      displayName: displayName,
      on: state
    )
    let after = state.applying(second)
    let errors = (first.findings + second.findings).filter { $0.severity == .error }
    guard errors.isEmpty, let solution = after.solutions[name] else {
      throw Failure(
        refused: "nothing was written: \(errors.map(\.message).joined(separator: "; "))",
        by: errors.first
      )
    }
    return Export(of: solution, on: after, from: [], kinds: .standard)
  }

  private func bytes(of export: Export) throws -> [UInt8] {
    try PackageWriter().bytes(of: export) { _ in [:] }
  }
}
