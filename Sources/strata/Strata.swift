import ArgumentParser
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

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
    Console.begin()
    Glibc.exit(Console.finish(await run()))
  }

  /// - Returns: the exit status, as far as output does not decide it.
  private static func run() async -> Int32 {
    var used: any ParsableCommand.Type = RowsCommand.self
    do {
      let words = try RowsCommand.ordered(Array(CommandLine.arguments.dropFirst()))
      var command: any ParsableCommand
      do {
        command = try parseAsRoot(words)
      } catch {
        // The parser knows the usage that it tells.
        return told(error)
      }
      used = type(of: command)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return 0
    } catch let error as ValidationError {
      // Found out by the command itself, so the usage is that of the command.
      Progress.tell(ErrorText.message(of: error, usage: usageString(for: used)))
      return ExitCode.validationFailure.rawValue
    } catch is Console.Unread {
      return 1
    } catch {
      return told(error)
    }
  }

  /// Says what went wrong, or what was asked for in the place of a command.
  private static func told(_ error: any Error) -> Int32 {
    let (status, message) = (exitCode(for: error).rawValue, ErrorText.message(of: error))
    if message.isEmpty { return status }
    if status == 0 { Console.give(message.text + "\n") } else { Progress.tell(message) }
    return status
  }
}
