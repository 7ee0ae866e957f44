import ArgumentParser

@main
struct Strata: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strata",
    abstract: "Plans Power Platform solution upgrades before they happen.",
    version: "0.1.0",
    subcommands: [
      Inspect.self, Diff.self, PlanCommand.self, Show.self, Layers.self, BlameCommand.self,
      Deps.self,
    ]
  )
}
