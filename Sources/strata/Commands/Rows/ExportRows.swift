import ArgumentParser
import Contract
import Lifecycle
import SolutionPackages
import Solutions

struct ExportRows: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the rows of a table into a file, which can be imported again.",
    discussion: """
      JSON lines where FILE ends in .jsonl or .ndjson, CSV otherwise; - is standard output.

      strata rows export --migration DATA.zip writes the rows, pairs and files of several tables as the Configuration \
      Migration tool does: of all tables of solutions, or of those that --tables names. The same rows give the same bytes.
      """
  )

  @Argument(help: "The table, by its logical name.", completion: .table)
  var table: String?

  @Argument(help: "The file.", completion: .file())
  var file: String?

  @Option(
    help: "A file of the Configuration Migration tool, in place of a table and a file.",
    completion: .file(extensions: ["zip"])
  )
  var migration: String?

  @Option(help: "--migration: logical names, separated by commas; default all.")
  var tables: String?

  @Flag(help: "Options by their labels.")
  var labels = false

  @Option(help: "logical or display: what columns are called.")
  var headers: Headers?

  @Flag(help: "CSV for spreadsheets: ' before texts that begin as formulas do.")
  var noFormulas = false

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  enum Headers: String, ExpressibleByArgument, CaseIterable {
    case logical
    case display
  }

  /// Those that `--tables` names.
  private var named: [String]? {
    tables?.split(separator: ",").map { $0.lowercased().filter { $0 != " " } }
  }

  func validate() throws {
    guard migration != nil else {
      guard table != nil, file != nil else { throw ValidationError("Name a table and a file.") }
      guard tables == nil else { throw ValidationError("--tables belongs to --migration.") }
      if noFormulas, let file, RowSink.isJSON(file) {
        throw ValidationError("--no-formulas belongs to CSV.")
      }
      return
    }
    guard table == nil else {
      throw ValidationError("--migration names the file; tables are named with --tables.")
    }
    guard selection.select == nil, selection.order == nil, selection.top == nil, !labels,
      !noFormulas, headers == nil
    else {
      throw ValidationError(
        "--select, --order, --top, --labels, --headers and --no-formulas belong to a table and a file."
      )
    }
    if selection.condition.filter != nil, named?.count != 1 {
      throw ValidationError("--where is about one table: name it with --tables.")
    }
  }

  func run() async throws {
    if let migration { return try await migrate(into: migration) }
    guard let table, let file else { return }
    let outputs = try Outputs([("the export", file)], in: environment.location)
    let form = RowForm(
      isLabelled: labels,
      isDisplayed: headers == .display,
      isHarmless: noFormulas
    )
    let sink = RowSink(file, of: outputs, as: form)
    let lifecycle = try await environment.lifecycle()
    let question = EveryRowQuestion(
      of: table.lowercased(),
      query: { table in
        var query = try selection.query(table)
        query.isUnordered = selection.order == nil && selection.top == nil
        return query
      },
      taking: { header, rows in try sink.write(header: header, rows) }
    )
    let count = try await lifecycle.ask(question)
    try sink.commit()
    Progress.end()
    if file != "-", !output.quiet { Console.say("\(counted(count, "row")) written to \(file).") }
  }

  private func migrate(into file: String) async throws {
    let outputs = try Outputs([("--migration", file)], in: environment.location)
    let lifecycle = try await environment.lifecycle()
    let archive = try outputs.open(file, isPrivate: true)
    let writer = MigrationWriter(
      rewrite: archive.isFile ? { try archive.rewrite(at: $0, $1) } : nil
    ) { try archive.write($0) }
    let exported: MigrationExported
    do {
      exported = try await lifecycle.ask(
        MigrationExportQuestion(of: named, where: selection.condition.filter, to: writer) {
          Progress.show("\($0) rows …")
        }
      )
    } catch {
      Progress.end()
      throw error
    }
    try writer.close()
    try archive.commit()
    Progress.end()
    let shape = MigrationExportShape(exported, file: file)
    if output.json || !output.quiet { try output.give(shape) { _ in shape.text } }
  }
}

extension MigrationExportShape {
  fileprivate var text: Prose {
    let rows = tables.sorted { $0.key < $1.key }.map { "\($0)  \(counted($1, "row"))" as Prose }
    let paired = pairs.sorted { $0.key < $1.key }.map { "\($0)  \(counted($1, "pair"))" as Prose }
    let noted = notes.map { "note: \($0)" as Prose }
    return (rows + paired + noted + ["Written to \(file)."]).joined(separator: "\n") + "\n"
  }
}
