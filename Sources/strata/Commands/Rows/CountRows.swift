import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct CountRows: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count",
    abstract: "How many rows, and values in each column; of one table or of all."
  )

  @Argument(help: "The table, by its logical name; default all.")
  var table: String?

  @OptionGroup var condition: ConditionOptions

  @Option(help: "Write the document that `plan --rows` reads.")
  var out: String?

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if table == nil, !condition.conditions.isEmpty {
      throw ValidationError("--where is about one table: name it.")
    }
  }

  func run() async throws {
    let outputs = try Outputs([("--out", out)], in: environment.location)
    let lifecycle = try await environment.lifecycle()
    let question = CountsQuestion(of: table?.lowercased(), where: condition.filter) {
      Progress.counting($0)
    }
    let shape = RowCountsShape(try await lifecycle.ask(question))
    if let out { try outputs.write([(out, try ShapeCoder.json(shape))], isPrivate: false) }
    if out == nil || output.json { try output.give(shape) { shape.text($0) } }
  }
}
