import ArgumentParser
import Lifecycle
import Solutions

struct ExportRows: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the rows of a table into a file, which can be imported again.",
    discussion:
      "JSON lines where FILE ends in .jsonl or .ndjson, CSV otherwise; - is standard output."
  )

  @OptionGroup var named: TableArgument

  @Argument(help: "The file.")
  var file: String

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  private var table: String { named.table }

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let question = EveryRowQuestion(
      of: table,
      query: { try selection.query($0) },
      // A file that is there is emptied only for what can be asked.
      taking: { header, rows in try RowSink(file).write(header: header, rows) }
    )
    let count = try await lifecycle.ask(question)
    Progress.end()
    if file != "-", !output.quiet { print("\(counted(count, "row")) written to \(file).") }
  }
}
