import ArgumentParser
import Lifecycle
import Solutions

struct NewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make a publisher, an unmanaged solution, a component, or sources.",
    discussion: """
      What is made afterwards goes into the solution by strata customize … --solution NAME, and comes out as a package \
      by strata export NAME. Example:
        strata new publisher fabrikam --prefix fab
        strata new solution FieldService --publisher fabrikam
        strata new sources src --name FieldService --publisher fabrikam --prefix fab
        strata new table fab_order --set primaryName=fab_title --solution FieldService
        strata new column fab_order.fab_total --type money --solution FieldService
      A component is made as by strata customize add, whose help has the words of each kind.
      """,
    subcommands: [
      NewPublisher.self, NewSolution.self, NewSources.self, CustomizeCommand.Add.self,
    ],
    defaultSubcommand: CustomizeCommand.Add.self
  )
}

struct NewPublisher: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publisher",
    abstract: "Make a publisher, whose prefix stands in front of the names of what is made."
  )

  @Argument(help: "Its unique name.")
  var name: String

  @Option(help: "Two to eight letters and digits, a letter first; without the underscore.")
  var prefix: String

  @Option(
    help:
      "The first five digits of the values of options, 10000 to 99999; default one made of the prefix.",
    transform: Numbers.whole
  )
  var optionPrefix: Int?

  @Option(help: "Default: the unique name.")
  var displayName: String?

  @OptionGroup var changing: SafeChangeOptions

  func run() async throws {
    try await changing.perform(
      .makingPublisher(
        PublisherName(name),
        prefix: prefix,
        optionValuePrefix: optionPrefix,
        displayName: displayName
      )
    )
  }
}

struct NewSolution: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solution",
    abstract: "Make an empty unmanaged solution."
  )

  @Argument(
    help: "Its unique name: letters, digits and _, the first no digit, at most 65 (0x8004F002)."
  )
  var name: SolutionName

  @Option(help: "Unique name of its publisher.")
  var publisher: String

  @Option(help: "Two to four numbers with dots between (0x8004F01E); default 1.0.0.0.")
  var version: SolutionVersion?

  @Option(help: "Default: the unique name.")
  var displayName: String?

  @OptionGroup var changing: SafeChangeOptions

  func run() async throws {
    try await changing.perform(
      .makingSolution(
        name,
        of: PublisherName(publisher),
        version: version,
        displayName: displayName
      )
    )
  }
}
