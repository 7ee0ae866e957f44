import ArgumentParser
import Lifecycle
import Solutions

struct ActivateKey: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activate",
    abstract: "Tries an alternate key again, after the rows were put right."
  )

  @OptionGroup var named: TableArgument

  @Argument(help: "The key.")
  var key: String

  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  private var table: String { named.table }

  func run() async throws {
    let lifecycle = try await environment.writing(
      waiting: waiting.seconds(otherwise: WaitingOptions.ofRows)
    )
    let keys = try await lifecycle.ask(KeysQuestion(of: table))
    guard keys.contains(where: { $0.key.name == key.lowercased() }) else {
      let names = keys.map(\.key.name)
      throw QueryError(
        description: "the table \(table) has no alternate key \(key)"
          + (names.isEmpty ? "" : "\n  → it has \(names.joined(separator: ", "))")
      )
    }
    let done = try await lifecycle.perform(.activateKey(.entityKey(table, key)), by: .user)
    guard let operation = done.operation else { return }
    Console.isDone("operation \(operation)")
    if !output.quiet {
      Console.say("Done: operation \(operation), the key \(key) is active.")
    }
  }
}
