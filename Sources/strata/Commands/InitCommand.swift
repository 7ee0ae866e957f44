import ArgumentParser
import Contract
import Faces
import FoundationEssentials
import Lifecycle
import SQL
import Solutions

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Create an empty environment."
  )

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let location = environment.location
    guard let id = GUID(UUID().uuidString) else { return }
    do {
      let database = try environment.database(.create)
      _ = try await Lifecycle.create(in: database, id: id, surroundings: .system)
    } catch let error as SQLError where error.reason == .exists {
      throw Failure(
        .environmentExists,
        "\(location) is there already; nothing was changed",
        remedy:
          "name another place with --env, or work with it: strata status --env \(location.word)"
      )
    } catch let error as SQLError where error.reason == .folder {
      throw EnvironmentOptions.folder(location)
    }
    Console.isDone("the environment \(location)")
    if output.json {
      Console.give(
        try ShapeCoder.json(EnvironmentShape(environment: id.description, location: location))
      )
    } else if !output.quiet {
      Console.say("Created the environment \(location).")
      Console.suggest(NextStep.made, output)
    }
  }
}
