import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct MigrateRows: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Copies values from column to column within each row, where the target has none yet."
  )

  @OptionGroup var named: TableArgument

  @Option(
    name: .customLong("set"),
    parsing: .singleValue,
    help: "NEW=OLD, two columns; may be repeated."
  )
  var mappings: [String] = []

  @Option(help: "A JSON file {\"NEW\":{\"old value\":\"new value\"}}.")
  var map: String?

  @Flag(help: "Also where NEW has a value.")
  var replace = false

  @OptionGroup var waiting: RowWaitingOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  private var table: String { named.table }

  func validate() throws {
    guard !mappings.isEmpty else { throw ValidationError("Say what goes where: --set NEW=OLD.") }
  }

  func run() async throws {
    let values = try map.map { path in
      let values = try JSONFile.read(path, "a mapping {\"NEW\":{\"old value\":\"new value\"}}") {
        try ShapeCoder.decode([String: [String: String]].self, $0)
      }
      return Dictionary(values.map { ($0.lowercased(), $1) }) { first, _ in first }
    }
    let wanted = try mappings.map { text -> RowMapping in
      let parts = text.split(separator: "=", maxSplits: 1).map { $0.lowercased() }
      guard parts.count == 2 else { throw ValidationError("“\(text)” is not NEW=OLD.") }
      return RowMapping(target: parts[0], source: parts[1], values: values?[parts[0]] ?? [:])
    }
    if let unknown = (values ?? [:]).keys.sorted().first(where: { name in
      !wanted.contains { $0.target == name }
    }) {
      throw ValidationError("The mapping names \(unknown), and no --set does.")
    }
    let lifecycle = try await environment.writing(waiting: waiting.wait)
    let (counts, operation) = try await lifecycle.migrateRows(
      table,
      wanted,
      replaces: replace,
      by: .user
    )
    Console.isDone("operation \(operation)")
    guard !output.quiet else { return }
    for (mapping, count) in zip(wanted, counts) {
      Console.say("\(mapping.target) = \(mapping.source): \(counted(count, "row"))")
    }
    Console.say("Done: operation \(operation).")
  }
}
