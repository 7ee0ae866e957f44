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
    var used: any ParsableCommand.Type = RowsCommand.self
    do {
      let words = try RowsCommand.ordered(Array(CommandLine.arguments.dropFirst()))
      var command = parsed(words)
      used = type(of: command)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error as any RemediedError {
      exit(withError: Told(error))
    } catch let error as ValidationError {
      // Found out by the command itself, so the usage is that of the command.
      Progress.fail(
        Files.Failure(description: "\(error.message)\nUsage: \(usageString(for: used))")
      )
      exit(withError: ExitCode.validationFailure)
    } catch {
      exit(withError: error)
    }
  }

  /// What the parser finds wrong ends here: it knows the usage that it tells.
  private static func parsed(_ words: [String]) -> any ParsableCommand {
    do {
      return try parseAsRoot(words)
    } catch {
      exit(withError: error)
    }
  }
}
