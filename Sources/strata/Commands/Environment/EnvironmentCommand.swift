import ArgumentParser

struct EnvironmentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "environment",
    abstract: "List, copy or drop whole environments.",
    subcommands: [ListEnvironments.self, CopyEnvironment.self, DropEnvironment.self]
  )
}
