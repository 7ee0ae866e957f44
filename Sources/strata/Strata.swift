import ArgumentParser
import Solutions

@main
struct Strata: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strata",
    abstract: "Plans Power Platform solution upgrades before they happen.",
    version: "0.1.0",
    subcommands: [
      Inspect.self, Diff.self, PlanCommand.self, Show.self, ApplyCommand.self, InitCommand.self,
      ImportCommand.self, UpgradeCommand.self, Uninstall.self, Downgrade.self, ListCommand.self,
      ShowSolution.self, Components.self, Layers.self, BlameCommand.self, Deps.self,
      CustomizeCommand.self, PublishCommand.self, ActivateCommand.self, DeactivateCommand.self,
      History.self, Rollback.self, Status.self,
      Verify.self,
      RowsCommand.self, TrashCommand.self,
    ]
  )

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error as any RemediedError {
      exit(withError: Told(error))
    } catch {
      exit(withError: error)
    }
  }
}
