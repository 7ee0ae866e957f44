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
    let outputs = try Outputs([("the export", file)], in: environment.location)
    let sink = RowSink(file, of: outputs)
    let lifecycle = try await environment.lifecycle()
    let question = EveryRowQuestion(
      of: table,
      query: { try selection.query($0) },
      taking: { header, rows in try sink.write(header: header, rows) }
    )
    let count = try await lifecycle.ask(question)
    try sink.commit()
    Progress.end()
    if file != "-", !output.quiet { Console.say("\(counted(count, "row")) written to \(file).") }
  }
}
