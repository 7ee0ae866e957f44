import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct MigrateRows: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Copies values from column to column within each row, where the target has none yet.",
    discussion: """
      All --set read what was there before. Texts become options by their labels, and rows that lookups lead to by their names. What --replace overwrites needs consent and lies in the trash then: strata \
      trash restore, and a rollback, bring it back in rows that were not written since.
      """
  )

  @OptionGroup var named: TableArgument

  @Option(
    name: .customLong("set"),
    parsing: .singleValue,
    help: "NEW=OLD, two columns, or NEW=LOOKUP.OLD; may be repeated."
  )
  var mappings: [String] = []

  @Option(
    help: "A JSON file {\"NEW\":{\"old value\":\"new value\"}}; null is no value.",
    completion: .json
  )
  var map: String?

  @Flag(help: "Also where NEW has a value.")
  var replace = false

  @Flag(help: "Round numbers with more places than NEW keeps, half away from zero.")
  var round = false

  @Flag(help: "Cut texts that are longer than NEW keeps.")
  var cut = false

  @OptionGroup var condition: ConditionOptions

  @Option(
    name: .customLong("allow-destroy"),
    parsing: .singleValue,
    help: "What --replace may overwrite: the table as Entity:NAME, or all.",
    completion: .component
  )
  var allowed: [String] = []

  @OptionGroup var performing: PerformRowsOptions

  private var table: String { named.table }

  func validate() throws {
    guard !mappings.isEmpty else { throw ValidationError("Say what goes where: --set NEW=OLD.") }
  }

  func run() async throws {
    let wanted = try rowMappings()
    try await performing.perform(table, allowing: allowed) {
      .migrating(table, wanted, where: condition.filter, replaces: replace) {
        Progress.show("\($0) rows …")
      }
    }
  }

  /// What the mapping file and `--set` say together.
  private func rowMappings() throws -> [RowMapping] {
    let values = try map.map { try Self.read($0) } ?? [:]
    let wanted = try mappings.map { text -> RowMapping in
      let parts = text.split(separator: "=", maxSplits: 1).map { $0.lowercased() }
      guard parts.count == 2 else { throw ValidationError("“\(text)” is not NEW=OLD.") }
      return RowMapping(
        target: parts[0],
        source: parts[1],
        values: values[parts[0]] ?? [:],
        rounds: round,
        cuts: cut
      )
    }
    if let unknown = values.keys.sorted().first(where: { name in
      !wanted.contains { $0.target == name }
    }) {
      throw ValidationError("The mapping names \(unknown), and no --set does.")
    }
    return wanted
  }

  private static func read(_ path: String) throws -> [String: [String: String?]] {
    let values = try JSONFile.read(path, "a mapping {\"NEW\":{\"old value\":\"new value\"}}") {
      try ShapeCoder.decode([String: [String: String?]].self, $0)
    }
    return Dictionary(values.map { ($0.lowercased(), $1) }) { first, _ in first }
  }
}
