import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct CountRows: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count",
    abstract: "How many rows, and values in each column or of each value; of one table or of all."
  )

  @Argument(help: "The table, by its logical name; default all.", completion: .table)
  var table: String?

  @OptionGroup var condition: ConditionOptions

  @Option(help: "Columns, also LOOKUP.COLUMN, separated by commas: count rows for each value.")
  var by: String?

  @Flag(help: "--by: options by their labels.")
  var labels = false

  @Option(help: "Write the document that `plan --rows` reads.", completion: .json)
  var out: String?

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if table == nil, !condition.conditions.isEmpty {
      throw ValidationError("--where is about one table: name it.")
    }
    if by != nil, table == nil || out != nil {
      throw ValidationError("--by is about one table, and --out about all of its columns.")
    }
    if by?.isEmpty == true || labels && by == nil {
      throw ValidationError("--labels is about --by COLUMN.")
    }
  }

  func run() async throws {
    if let table, let by { return try await group(table.lowercased(), by: by) }
    let outputs = try Outputs([("--out", out)], in: environment.location)
    let lifecycle = try await environment.lifecycle()
    let question = CountsQuestion(of: table?.lowercased(), where: condition.filter) {
      Progress.counting($0)
    }
    let shape = RowCountsShape(try await lifecycle.ask(question))
    if let out { try outputs.write([(out, try ShapeCoder.json(shape))], isPrivate: false) }
    if out == nil || output.json { try output.give(shape) { shape.text($0) } }
  }

  private func group(_ table: String, by columns: String) async throws {
    let paths = columns.split(separator: ",").map {
      RowQuery.ColumnPath(written: $0.lowercased().filter { $0 != " " })
    }
    let lifecycle = try await environment.lifecycle()
    let question = GroupsQuestion(of: table, by: paths, where: condition.filter)
    let page = try await lifecycle.ask(question)
    let form = RowForm(isLabelled: labels)
    let shape = RowGroupsShape(table: table, page, scalar: form.scalar)
    try output.give(shape) { RowsText(page: page, next: nil, form: form).text($0) }
  }
}
