import ArgumentParser
import Lifecycle
import Solutions

struct EditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Change a publisher, or the display name of an unmanaged solution.",
    discussion: """
      Unique names are for ever. Example:
        strata edit publisher fabrikam --prefix fab
        strata edit solution FieldService --display-name "Field Service"
      """,
    subcommands: [EditPublisher.self, EditSolution.self]
  )
}

struct EditPublisher: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publisher",
    abstract: "Change a publisher; what is there keeps its names and values.",
    discussion: "Exports of its solutions say what is said here."
  )

  @Argument(help: "Its unique name.")
  var name: String

  @Option(help: "Another display name.")
  var displayName: String?

  @Option(help: "Another prefix: two to eight letters and digits, a letter first.")
  var prefix: String?

  @Option(
    help: "Other first digits of the values of options, 10000 to 99999.",
    transform: Numbers.whole
  )
  var optionPrefix: Int?

  @OptionGroup var changing: SafeChangeOptions

  func validate() throws {
    guard displayName != nil || prefix != nil || optionPrefix != nil else {
      throw ValidationError("Say --display-name, --prefix or --option-prefix.")
    }
  }

  func run() async throws {
    try await changing.perform(
      .editing(
        PublisherName(name),
        displayName: displayName,
        prefix: prefix,
        optionValuePrefix: optionPrefix
      )
    )
  }
}

struct EditSolution: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solution",
    abstract: "Change the display name of an unmanaged solution."
  )

  @Argument(help: "Its unique name.", completion: .solution)
  var name: SolutionName

  @Option(help: "The display name.")
  var displayName: String

  @OptionGroup var changing: SafeChangeOptions

  func run() async throws {
    try await changing.perform(.editing(name, displayName: displayName))
  }
}
