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

  @OptionGroup var waiting: RowWaitingOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  private var table: String { named.table }

  func validate() throws {
    guard delimiter.utf8.count == 1 else { throw ValidationError("--delimiter is one character.") }
  }

  func run() async throws {
    let lifecycle = try await environment.writing(waiting: waiting.wait)
    let written: Lifecycle.RowsWritten
    do {
      if file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson") {
        written = try await write(try JSONLinesReader(file), lifecycle)
      } else {
        let separator = delimiter.utf8.first ?? 0x2C
        written = try await write(try CSVReader(file, delimiter: separator), lifecycle)
      }
    } catch let error as BadRows {
      Progress.fail(error)
      throw ExitCode(4)
    } catch {
      Progress.end()
      throw error
    }
    Progress.end()
    if output.json {
      let document = ["operation": written.operation, "rows": written.rows]
      print(try ShapeCoder.json(bare: document), terminator: "")
    } else if !output.quiet {
      print("Done: operation \(written.operation), \(counted(written.rows, "row")) into \(table).")
    }
  }

  private func write(
    _ source: some RowSource & Sendable,
    _ lifecycle: Lifecycle
  ) async throws -> Lifecycle.RowsWritten {
    try await lifecycle.importRows(
      source,
      into: table,
      mode: upsert || key != nil ? .upsert(key: key) : .insert,
      by: .user
    ) { Progress.show("\($0) rows …") }
  }
}
