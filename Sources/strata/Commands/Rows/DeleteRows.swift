import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct DeleteRows: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Deletes rows for good.",
    discussion: "Other rows go along, lose their lookup or stand in the way as relationships say."
  )

  @OptionGroup var named: TableArgument

  @OptionGroup var condition: ConditionOptions

  @Option(
    name: .customLong("allow-destroy"),
    parsing: .singleValue,
    help: "The table as Entity:NAME, or all.",
    completion: .component
  )
  var allowed: [String] = []

  @OptionGroup var performing: PerformRowsOptions

  private var table: String { named.table }

  func validate() throws {
    guard !condition.conditions.isEmpty else {
      throw ValidationError(
        "Say which rows: --where COLUMN=VALUE; all of them: --where '\(table)id!='"
      )
    }
  }

  func run() async throws {
    try await performing.perform(table, allowing: allowed) {
      .deleting(from: table) { try condition.query($0) }
    }
  }
}
