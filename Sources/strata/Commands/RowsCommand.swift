import ArgumentParser
import Contract
import FoundationEssentials
import Lifecycle
import Solutions

struct RowsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rows",
    abstract: "Rows of tables: list, count, import, export, migrate, delete.",
    discussion: """
      strata rows TABLE [list]             rows, some at a time
      strata rows TABLE count              how many rows, and values in each column
      strata rows count [--out FILE]       the same of all tables, for `plan --rows`
      strata rows TABLE export FILE        CSV, or JSON lines when FILE ends in .jsonl; - is standard output
      strata rows TABLE import FILE        all rows of the file or none; lookups by id, or by the alternate key of \
      their table as LOOKUP.COLUMN; choices by number or label
      strata rows migrate TABLE --set NEW=OLD   copies values within each row, where NEW has none yet
      strata rows TABLE delete --where …   for good; other rows go along, lose their lookup or stand in the way as \
      relationships say
      strata rows TABLE keys               alternate keys; one over rows that were not unique is not active
      strata rows TABLE activate KEY       tries again, after the rows were put right
      """
  )

  enum Verb: String, CaseIterable {
    case list
    case count
    case `import`
    case export
    case migrate
    case delete
    case keys
    case activate

    var isWriting: Bool { [.import, .migrate, .delete, .activate].contains(self) }
  }

  @Argument(help: "A table and a verb, in either order, and a file.")
  var words: [String]

  @Option(help: "Columns, separated by commas; default those that tell most.")
  var select: String?

  @Option(
    name: .customLong("where"),
    parsing: .singleValue,
    help: "COLUMN=VALUE, also != < <= > >= and ~ for a pattern with %; may be repeated."
  )
  var conditions: [String] = []

  @Option(help: "Columns to sort by, separated by commas; COLUMN:desc turns one around.")
  var order: String?

  @Option(help: "Rows at most.", transform: Numbers.count)
  var top: Int?

  @Option(help: "Where the page before ended.")
  var page: String?

  @Flag(help: "Import: rows that are there are changed, found by their id or by --key.")
  var upsert = false

  @Option(help: "Import: the alternate key by which rows are found.")
  var key: String?

  @Option(help: "Import: what separates fields of a CSV file.")
  var delimiter = ","

  @Option(
    name: .customLong("set"),
    parsing: .singleValue,
    help: "Migrate: NEW=OLD, two columns; may be repeated."
  )
  var mappings: [String] = []

  @Option(help: "Migrate: a JSON file {\"NEW\":{\"old value\":\"new value\"}}.")
  var map: String?

  @Flag(help: "Migrate: also where NEW has a value.")
  var replace = false

  @Option(
    name: .customLong("allow-destroy"),
    parsing: .singleValue,
    help: "Delete: the table as Entity:NAME, or all."
  )
  var allowed: [String] = []

  @Option(help: "Count: write the document that `plan --rows` reads.")
  var out: String?

  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...3).contains(words.count) else {
      throw ValidationError(
        "Name a table, a verb and a file, for example: strata rows fab_order list"
      )
    }
    if let top, !(1...1_000_000_000).contains(top) {
      throw ValidationError("--top is a number from 1 to 1000000000.")
    }
    guard delimiter.utf8.count == 1 else { throw ValidationError("--delimiter is one character.") }
  }

  /// The verb may stand before the table.
  private var parsed: (table: String?, verb: Verb, file: String?) {
    if let verb = Verb(rawValue: words[0]) {
      return (words.dropFirst().first?.lowercased(), verb, words.dropFirst(2).first)
    }
    let verb = words.dropFirst().first.flatMap { Verb(rawValue: $0) }
    return (words[0].lowercased(), verb ?? .list, words.dropFirst(2).first)
  }

  func run() async throws {
    let (table, verb, file) = parsed
    let lifecycle =
      verb.isWriting
      ? try await environment.writing(waiting: waiting.wait) : try await environment.lifecycle()
    if words.count > 1, Verb(rawValue: words[0]) == nil, Verb(rawValue: words[1]) == nil {
      throw ValidationError(
        "“\(words[1])” is none of \(Verb.allCases.map(\.rawValue).joined(separator: ", "))."
      )
    }
    guard let table else {
      guard verb == .count else { throw ValidationError("Name a table.") }
      return try await count(nil, lifecycle)
    }
    switch verb {
    case .list: try await list(table, lifecycle)
    case .count: try await count(table, lifecycle)
    case .import: try await importRows(table, try named(file), lifecycle)
    case .export: try await export(table, try named(file), lifecycle)
    case .migrate: try await migrate(table, lifecycle)
    case .delete: try await delete(table, lifecycle)
    case .keys:
      let document = KeysShape(table, try await lifecycle.ask(KeysQuestion(of: table)))
      try output.give(document) { document.text($0) }
    case .activate: try await activate(file, of: table, lifecycle)
    }
  }

  private func named(_ file: String?) throws -> String {
    guard let file else { throw ValidationError("Name a file.") }
    return file
  }

  private func activate(
    _ key: String?,
    of table: String,
    _ lifecycle: Lifecycle
  ) async throws {
    guard let key else { throw ValidationError("Name a key.") }
    let keys = try await lifecycle.ask(KeysQuestion(of: table))
    guard keys.contains(where: { $0.key.name == key.lowercased() }) else {
      let names = keys.map(\.key.name)
      throw QueryError(
        description: "the table \(table) has no alternate key \(key)"
          + (names.isEmpty ? "" : "\n  → it has \(names.joined(separator: ", "))")
      )
    }
    let done = try await lifecycle.perform(.activateKey(.entityKey(table, key)), by: .user)
    if !output.quiet, let operation = done.operation {
      print("Done: operation \(operation), the key \(key) is active.")
    }
  }

  // MARK: Reading

  private func query(_ table: Table) throws -> RowQuery {
    try RowQueryText(
      select: select,
      conditions: conditions,
      order: order,
      top: top,
      page: page
    ).query(table)
  }

  private func list(_ name: String, _ lifecycle: Lifecycle) async throws {
    let question = RowsQuestion(of: name) { table in
      var query = try self.query(table)
      if query.columns.isEmpty, !self.output.json {
        query.columns = table.telling.map { RowQuery.ColumnPath($0) }
      }
      return query
    }
    let page = try await lifecycle.ask(question)
    let shape = try RowsShape(table: name, page)
    try output.give(shape) { RowsText(page: page, next: shape.next).text($0) }
  }

  private func count(_ name: String?, _ lifecycle: Lifecycle) async throws {
    let question = CountsQuestion(of: name) { Progress.counting($0) }
    let shape = RowCountsShape(try await lifecycle.ask(question))
    if let out { try Files.write(try ShapeCoder.json(shape), to: out) }
    if out == nil || output.json { try output.give(shape) { shape.text($0) } }
  }

  private func export(_ name: String, _ file: String, _ lifecycle: Lifecycle) async throws {
    let question = EveryRowQuestion(
      of: name,
      query: { try self.query($0) },
      // A file that is there is emptied only for what can be asked.
      taking: { header, rows in try RowSink(file).write(header: header, rows) }
    )
    let count = try await lifecycle.ask(question)
    Progress.end()
    if file != "-", !output.quiet { print("\(counted(count, "row")) written to \(file).") }
  }

  // MARK: Writing

  private func importRows(_ table: String, _ file: String, _ lifecycle: Lifecycle) async throws {
    let mode: RowWriting.Mode = upsert || key != nil ? .upsert(key: key) : .insert
    @Sendable func report(_ rows: Int) { Progress.show("\(rows) rows …") }
    let written: Lifecycle.RowsWritten
    do {
      if file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson") {
        written = try await lifecycle.importRows(
          try JSONLinesReader(file),
          into: table,
          mode: mode,
          by: .user,
          report: report
        )
      } else {
        let separator = delimiter.utf8.first ?? 0x2C
        written = try await lifecycle.importRows(
          try CSVReader(file, delimiter: separator),
          into: table,
          mode: mode,
          by: .user,
          report: report
        )
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

  private func migrate(_ table: String, _ lifecycle: Lifecycle) async throws {
    guard !mappings.isEmpty else { throw ValidationError("Say what goes where: --set NEW=OLD.") }
    let values = try map.map { path in
      do {
        let values = try ShapeCoder.decode(
          [String: [String: String]].self,
          try Files.bytes(of: path)
        )
        return Dictionary(values.map { ($0.lowercased(), $1) }) { first, _ in first }
      } catch is DecodingError {
        throw Files.Failure(
          description: "cannot read \(path): not a mapping {\"NEW\":{\"old value\":\"new value\"}}"
        )
      }
    }
    let wanted = try mappings.map { text -> RowMapping in
      let parts = text.split(separator: "=", maxSplits: 1).map { $0.lowercased() }
      guard parts.count == 2 else { throw ValidationError("“\(text)” is not NEW=OLD.") }
      return RowMapping(target: parts[0], source: parts[1], values: values?[parts[0]] ?? [:])
    }
    if let unknown = (values ?? [:]).keys.sorted().first(where: { name in
      !wanted.contains { $0.target == name }
    }) {
      throw ValidationError("The mapping names \(unknown), and no --set does.")
    }
    let (counts, operation) = try await lifecycle.migrateRows(
      table,
      wanted,
      replaces: replace,
      by: .user
    )
    guard !output.quiet else { return }
    for (mapping, count) in zip(wanted, counts) {
      print("\(mapping.target) = \(mapping.source): \(counted(count, "row"))")
    }
    print("Done: operation \(operation).")
  }

  private func delete(_ table: String, _ lifecycle: Lifecycle) async throws {
    guard !conditions.isEmpty else {
      throw ValidationError(
        "Say which rows: --where COLUMN=VALUE; all of them: --where '\(table)id!='"
      )
    }
    let agreed = allowed.map { $0.lowercased() }
    do {
      let (deletion, operation) = try await lifecycle.deleteRows(
        from: table,
        where: { try self.query($0) },
        by: .user,
        isAgreed: agreed.contains("all") || agreed.contains("entity:\(table)")
      )
      guard !output.quiet else { return }
      print(text(deletion), terminator: "")
      print("Done: operation \(operation).")
    } catch let error as RowsHeld {
      Progress.fail(error)
      throw ExitCode(4)
    } catch let error as RowsWouldGo {
      print(text(error.deletion), terminator: "")
      print("Nothing was changed: this is for good, and nobody has agreed. To agree:")
      print("    --allow-destroy Entity:\(table)")
      throw ExitCode(3)
    }
  }

  private func text(_ deletion: RowDeletion) -> String {
    var lines = deletion.deleted.sorted { $0.key < $1.key }.map { "- \($0)  \(counted($1, "row"))" }
    lines += deletion.unlinked.sorted { $0.key < $1.key }.map {
      "~ \($0)  emptied in \(counted($1, "row"))"
    }
    return lines.isEmpty ? "No rows.\n" : lines.joined(separator: "\n") + "\n"
  }
}
