import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

struct ShowTrash: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract:
      "What lies in the trash under a number: columns, how much is in them, and first rows.",
    discussion: "Types are those that the columns had when they were dropped."
  )

  @Argument(help: "Number in the trash.", transform: Numbers.count)
  var number: Int

  @OptionGroup var selection: SelectionOptions

  @Option(help: "Where the page before ended.")
  var page: String?

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let content = try await lifecycle.ask(
      TrashContentQuestion(of: number) { table, isWhole in
        var query = try selection.query(table, page: page)
        if query.columns.isEmpty, isWhole, !output.json {
          query.columns = table.telling.filter { table.column($0) != nil }
            .map { RowQuery.ColumnPath($0) }
        }
        query.rowsMax = query.rowsMax ?? Self.rowsMax
        return query
      }
    )
    let shape = try TrashContentShape(content, kinds: .standard)
    try output.give(shape) { shape.text(content.page, $0) }
  }

  /// Where nobody says how many.
  private static let rowsMax = 10
}

extension TrashContentShape {
  fileprivate func text(_ page: RowPage, _ style: TextStyle) -> Prose {
    // What every table has says little, and an empty column nothing.
    let told = columns.filter { $0.values > 0 }
    let width = told.map(\.name.count).max() ?? 0
    let lines = told.map { column -> Prose in
      let blanks = String(repeating: " ", count: width - column.name.count)
      return "  \(column.name)\(blanks)  \(counted(column.values, "value")), \(column.type)"
    }
    return ([item.line(style)] + lines).joined(separator: "\n") + "\n"
      + RowsText(page: page, next: next).text(style)
  }
}
