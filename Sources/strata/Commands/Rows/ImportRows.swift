import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct ImportRows: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Writes all rows of a file into a table, or none.",
    discussion: """
      JSON lines where FILE ends in .jsonl or .ndjson, CSV otherwise; - is standard input. Lookups by id, or by the \
      alternate key of their table as LOOKUP.COLUMN; choices by number or label. What --upsert overwrites is not kept: \
      a rollback leaves it as it was written.
      """
  )

  @OptionGroup var named: TableArgument

  @Argument(help: "The file.")
  var file: String

  @Flag(help: "Rows that are there are changed, found by their id or by --key.")
  var upsert = false

  @Option(help: "The alternate key by which rows are found.")
  var key: String?

  @Option(help: "What separates fields of a CSV file.")
  var delimiter = ","

  @OptionGroup var performing: PerformRowsOptions

  private var table: String { named.table }

  func validate() throws {
    guard delimiter.utf8.count == 1 else { throw ValidationError("--delimiter is one character.") }
  }

  func run() async throws {
    try await performing.perform(table) {
      let isLines = file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson")
      let separator = delimiter.utf8.first ?? 0x2C
      return isLines
        ? request(try JSONLinesReader(file)) : request(try CSVReader(file, delimiter: separator))
    }
  }

  private func request(_ source: some RowSource & Sendable) -> RowRequest {
    .importing(
      source,
      into: table,
      mode: upsert || key != nil ? .upsert(key: key) : .insert,
      newID: Lifecycle.Surroundings.system.newID
    ) { Progress.show("\($0) rows …") }
  }
}
