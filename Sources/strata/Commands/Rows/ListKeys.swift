import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct ListKeys: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Alternate keys of a table; one over rows that were not unique is not active."
  )

  @OptionGroup var named: TableArgument

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  private var table: String { named.table }

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let document = KeysShape(table, try await lifecycle.ask(KeysQuestion(of: table)))
    try output.give(document) { document.text($0) }
  }
}
