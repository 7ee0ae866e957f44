import ArgumentParser
import Faces
import Lifecycle
import Solutions

struct EnvironmentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "environment",
    abstract: "List, copy or drop whole environments.",
    subcommands: [ListEnvironments.self, CopyEnvironment.self, DropEnvironment.self]
  )
}

extension EnvironmentOptions {
  /// One that is there: whoever copies or drops it wants no new one.
  static func found(_ open: () async throws -> Lifecycle) async throws -> Lifecycle {
    do {
      return try await open()
    } catch let failure as Failure where failure.code == Failure.Code.noEnvironment.rawValue {
      throw Failure(
        .noEnvironment,
        failure.message,
        remedy: "strata environment list shows which are there"
      )
    }
  }
}
