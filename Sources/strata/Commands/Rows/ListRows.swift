import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

struct ListRows: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Rows of a table, some at a time."
  )

  @OptionGroup var named: TableArgument

  @OptionGroup var selection: SelectionOptions

  @Option(help: "Where the page before ended.")
  var page: String?

  @Flag(help: "Options by their labels.")
  var labels = false

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  private var table: String { named.table }

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let question = RowsQuestion(of: table) { table in
      var query = try selection.query(table, page: page)
      if query.columns.isEmpty, !output.json {
        query.columns = table.telling.map { RowQuery.ColumnPath($0) }
      }
      return query
    }
    let answer = try await lifecycle.ask(question)
    let form = RowForm(isLabelled: labels)
    let shape = try RowsShape(table: table, answer, scalar: form.scalar)
    try output.give(shape) { RowsText(page: answer, next: shape.next, form: form).text($0) }
  }
}
