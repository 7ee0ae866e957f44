import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

struct DropEnvironment: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop",
    abstract: "Take a whole environment away, with its history and all of its rows.",
    discussion: """
      For good: nothing of it is in any trash. Needs consent by its name, that of the file or the schema: typed where it asks, \
      or --yes NAME. While an operation runs it is refused, and while something in it is another program's.
      """
  )

  @Argument(
    help: "A file, or postgres://HOST/DATABASE?schema=NAME.",
    completion: .environment
  )
  var place: String

  @Option(help: "Its name, which is consent to take it away.")
  var yes: String?

  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let environment = try EnvironmentOptions(at: place)
    let seconds = waiting.seconds()
    let lifecycle = try await EnvironmentOptions.found {
      try await environment.writing(waiting: seconds)
    }
    let outline = EnvironmentOutline(
      name: environment.name,
      location: environment.location,
      standing: try await lifecycle.standing(),
      solutions: try await lifecycle.ask(InstalledQuestion()).count,
      bytes: try await lifecycle.size()
    )
    try agree(environment, outline)
    try await lifecycle.drop()
    Console.isDone("dropping \(environment.location)")
    let shape = DroppedShape(outline)
    try output.give(shape) { _ in "\(shape.location) is gone.\n" }
  }

  /// - Throws: `Failure` where nobody has agreed.
  private func agree(_ environment: EnvironmentOptions, _ outline: EnvironmentOutline) throws {
    let (location, name) = (outline.location, outline.name)
    if let yes {
      guard yes != name else { return }
      throw Failure(
        .consentMissing,
        "\(location) is called \(name), and consent was given to \(yes); nothing was changed",
        remedy: "--yes \(name.word)",
        status: 3
      )
    }
    let what: Prose =
      "\(location), revision \(outline.standing.environment.revision) with \(outline.solutions.counted("solution")), \(FileSize.text(outline.bytes)),"
    if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, !output.json {
      Console.say("\(what) would be gone for good. Type \(name) to take it away:")
      Console.flush()
      if readLine() == name { return }
    }
    throw Failure(
      .consentMissing,
      "\(what) would be gone for good, and nobody has agreed; nothing was changed",
      remedy: "strata environment drop \(location.word) --yes \(name.word)",
      status: 3
    )
  }
}
