import ArgumentParser
import Lifecycle
import Solutions

struct CloneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clone",
    abstract: "Begin a patch, or roll patches up into their solution.",
    subcommands: [Patch.self, Whole.self]
  )

  struct Patch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "patch",
      abstract: "Begin an empty patch of an unmanaged solution.",
      discussion: """
        As long as it has patches, the solution keeps its components and is not exported. What changes goes into the \
        patch: strata customize … --solution PATCH.
        """
    )

    @Argument(help: "Unique name of the solution.", completion: .solution)
    var name: SolutionName

    @Option(help: "Default: the next build after the solution and its patches.")
    var version: SolutionVersion?

    @Option(help: "Default: that of the solution.")
    var displayName: String?

    @OptionGroup var changing: SafeChangeOptions

    func run() async throws {
      try await changing.perform(
        .cloningPatch(of: name, version: version, displayName: displayName)
      )
    }
  }

  struct Whole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "solution",
      abstract: "Roll the patches of an unmanaged solution up into it.",
      discussion:
        "Exported as managed, it rolls up the patches of a target when it is imported as upgrade."
    )

    @Argument(help: "Unique name of the solution.", completion: .solution)
    var name: SolutionName

    @Option(help: "Default: the next minor version.")
    var version: SolutionVersion?

    @Option(help: "Default: as before.")
    var displayName: String?

    @OptionGroup var changing: SafeChangeOptions

    func run() async throws {
      try await changing.perform(
        .cloningSolution(name, version: version, displayName: displayName)
      )
    }
  }
}
