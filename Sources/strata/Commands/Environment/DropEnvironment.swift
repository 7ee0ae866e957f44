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
    let lifecycle: Lifecycle
    do {
      lifecycle = try await EnvironmentOptions.found {
        try await environment.writing(waiting: seconds)
      }
    } catch {
      guard let (copy, database) = try await environment.leftCopy(after: error) else { throw error }
      try agree(
        environment,
        "\(environment.location), an unfinished copy of \(copy.source) with \(copy.rows.counted("row")),"
      )
      let patience = Duration.seconds(seconds)
      let bytes = try await Lifecycle.dropUnfinishedCopy(in: database, waiting: patience)
      let shape = DroppedShape(
        unfinishedCopyOf: copy.environment,
        at: environment.location,
        bytes: bytes
      )
      return try tell(shape)
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
    try tell(DroppedShape(outline))
  }

  private func tell(_ shape: DroppedShape) throws {
    Console.isDone("dropping \(shape.location)")
    try output.give(shape) { _ in "\(shape.location) is gone.\n" }
  }

  private func agree(_ environment: EnvironmentOptions, _ outline: EnvironmentOutline) throws {
    try agree(
      environment,
      "\(outline.location), revision \(outline.standing.environment.revision) with \(outline.solutions.counted("solution")), \(FileSize.text(outline.bytes)),"
    )
  }

  /// Names are bytes: two that look alike are two environments.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    one.utf8.elementsEqual(other.utf8)
  }

  /// - Throws: `Failure` where nobody has agreed.
  private func agree(_ environment: EnvironmentOptions, _ what: Prose) throws {
    let (location, name) = (environment.location, environment.name)
    if let yes {
      guard !Self.isSame(yes, name) else { return }
      throw Failure(
        .consentMissing,
        "\(location) is called \(name), and consent was given to \(yes); nothing was changed",
        remedy: "--yes \(name.word)",
        status: 3
      )
    }
    if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, !output.json {
      Console.say("\(what) would be gone for good. Type \(name) to take it away:")
      Console.flush()
      if let typed = readLine(), Self.isSame(typed, name) { return }
    }
    throw Failure(
      .consentMissing,
      "\(what) would be gone for good, and nobody has agreed; nothing was changed",
      remedy: "strata environment drop \(location.word) --yes \(name.word)",
      status: 3
    )
  }
}
