import ArgumentParser
import Lifecycle
import Solutions

struct ExportTrash: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes what lies in the trash into a file, which can be imported again.",
    discussion: """
      Of a table all columns that it had; of a column the id and the name of each row and the value, as strata rows import \
      --upsert takes them. JSON lines where FILE ends in .jsonl or .ndjson, CSV otherwise; - is standard output.
      """
  )

  @Argument(help: "Number in the trash.", transform: Numbers.count)
  var number: Int

  @Argument(help: "The file.", completion: .file())
  var file: String

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let outputs = try Outputs([("the export", file)], in: environment.location)
    let sink = RowSink(file, of: outputs)
    let lifecycle = try await environment.lifecycle()
    let question = EveryRowQuestion(
      in: .trash(number),
      query: { try selection.query($0) },
      taking: { header, rows in try sink.write(header: header, rows) }
    )
    let count = try await lifecycle.ask(question)
    try sink.commit()
    Progress.end()
    if file != "-", !output.quiet { Console.say("\(counted(count, "row")) written to \(file).") }
  }
}
