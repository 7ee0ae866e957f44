import ArgumentParser
import FoundationEssentials
import SQLite
import SolutionStore
import Solutions

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Creates an empty environment."
  )

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let location = environment.location
    let surroundings = SolutionStore.self
    guard let id = GUID(UUID().uuidString) else { return }
    let database = try SQLiteDatabase(path: location, mode: .create)
    _ = try await surroundings.create(in: database, id: id, at: .now)
    if output.json {
      print(
        try DocumentCoder.json(["environment": id.description, "location": location]),
        terminator: ""
      )
    } else if !output.quiet {
      print("Created the environment \(location).")
    }
  }
}
