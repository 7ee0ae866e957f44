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

  @OptionGroup var changing: SafeChangeOptions

  private var table: String { named.table }

  func run() async throws {
    let lifecycle = try await changing.environment.lifecycle()
    let keys = try await lifecycle.ask(KeysQuestion(of: table))
    guard keys.contains(where: { $0.key.name == key.lowercased() }) else {
      let names = keys.map(\.key.name)
      throw QueryError(
        description: "the table \(table) has no alternate key \(key)"
          + (names.isEmpty ? "" : "\n  → it has \(names.joined(separator: ", "))")
      )
    }
    try await changing.perform(
      .activateKey(.entityKey(table, key)),
      waiting: WaitingOptions.ofRows
    )
  }
}
