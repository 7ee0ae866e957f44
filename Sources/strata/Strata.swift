import ArgumentParser
import Contract
import Faces
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

@main
struct Strata: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strata",
    abstract:
      "See what a Power Platform solution upgrade would do, and do it in an environment of your own.",
    discussion: """
      Start here:
        strata plan NEW.zip --against OLD.zip    what would this upgrade do?
        strata inspect NEW.zip                   what is in this package?
        strata init; strata import NEW.zip       try it in an environment (one file)

      Exit status: 0 done or nothing to do, 2 a plan changes something, 3 it destroys something, 4 refused, 1 failed, \
      64 wrong usage.
      """,
    version: release,
    groupedSubcommands: [
      CommandGroup(
        name: "Packages",
        subcommands: [
          PlanCommand.self, Inspect.self, Diff.self, Show.self, CheckCommand.self,
          SettingsCommand.self, SetVersionCommand.self,
        ]
      ),
      CommandGroup(
        name: "Environment",
        subcommands: [
          InitCommand.self, ListCommand.self, ShowSolution.self, Status.self, History.self,
          Verify.self, EnvironmentCommand.self,
        ]
      ),
      CommandGroup(
        name: "Change",
        subcommands: [
          ImportCommand.self, ApplyCommand.self, UpgradeCommand.self, Uninstall.self,
          Downgrade.self, Rollback.self, ActivateCommand.self, DeactivateCommand.self,
        ]
      ),
      CommandGroup(
        name: "Look",
        subcommands: [
          FindCommand.self, ComponentsCommand.self, Layers.self, BlameCommand.self, Deps.self,
          FactsCommand.self,
        ]
      ),
      CommandGroup(
        name: "Unmanaged work",
        subcommands: [
          NewCommand.self, EditCommand.self, CustomizeCommand.self, PublishCommand.self,
          DescribeCommand.self, ExportCommand.self, CloneCommand.self,
        ]
      ),
      CommandGroup(name: "Source control", subcommands: [UnpackCommand.self, PackCommand.self]),
      CommandGroup(
        name: "Data",
        subcommands: [RowsCommand.self, TrashCommand.self, CompactCommand.self]
      ),
      CommandGroup(name: "Service", subcommands: [ServeCommand.self, AssistantCommand.self]),
      CommandGroup(
        name: "Words and setup",
        subcommands: [
          ExplainCommand.self, CompletionCommand.self, VersionCommand.self, PacCommand.self,
        ]
      ),
    ]
  )

  /// Plans of another one are made anew.
  static let release = "0.1.0"

  static func main() async {
    Console.begin()
    let typed = CommandLineWords.typed
    // Up to here there is one thread; the first task that waits starts the pool, which lives on /proc.
    if let failure = ProcessFiles.missing { Glibc.exit(Console.finish(told(failure, typed))) }
    Glibc.exit(Console.finish(await run(typed)))
  }

  /// The one place where errors become words and a status, as far as output does not decide that.
  private static func run(_ typed: CommandLineWords) async -> Int32 {
    var used: any ParsableCommand.Type = RowsCommand.self
    do {
      let words = try RowsCommand.ordered(PacCommand.translated(typed.words))
      try CommandLineWords(words).requireKnown(by: Strata.self)
      var command: any ParsableCommand
      do {
        command = try await asyncParseAsRoot(words)
      } catch {
        return parsed(error, typed)
      }
      used = type(of: command)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return 0
    } catch let status as ExitCode {
      return status.rawValue
    } catch let error as ValidationError {
      // Found out by the command itself, so the usage is that of the command.
      return told(
        Failure(.usage, ParserText.visible(error.message), status: Failure.wrongUsage),
        typed,
        usage: "\nUsage: \(ParserText.visible(usageString(for: used)))"
      )
    } catch is Console.Unread {
      return 1
    } catch let error where exitCode(for: error) == .success {
      // Help is a command of the parser's own.
      return parsed(error, typed)
    } catch {
      return told(Failure(error), typed)
    }
  }

  /// What the parser ends with: help or a version that was asked for, or wrong usage.
  private static func parsed(_ error: any Error, _ typed: CommandLineWords) -> Int32 {
    let text = fullMessage(for: error)
    guard exitCode(for: error) != .success else {
      Console.give(text + "\n")
      return 0
    }
    let message = CommandLineWords.usage(Self.message(for: error))
    let whole = CommandLineWords.usage(text)
    let usage =
      whole.firstRange(of: message).map { String(whole[$0.upperBound...]) } ?? "\n\(whole)"
    let failure = Failure(.usage, ParserText.visible(message), status: Failure.wrongUsage)
    return told(failure, typed, usage: ParserText.visible(usage))
  }

  private static func told(
    _ failure: Failure,
    _ typed: CommandLineWords,
    usage: Prose = ""
  ) -> Int32 {
    Progress.tell("Error: \(failure.prose)\(usage)")
    guard typed.wantsJSON else { return failure.status }
    do {
      Console.give(try ShapeCoder.json(failure.shape))
    } catch {
      Progress.tell("Error: \(Failure(error).prose)")
    }
    return failure.status
  }
}
