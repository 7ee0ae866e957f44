import ArgumentParser
import Faces
import Lifecycle
import Solutions

/// Of which table.
struct TableArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The table, by its logical name.", valueName: "table"),
    completion: .table
  )
  var name: String

  var table: String { name.lowercased() }
}

/// Which rows a verb is about.
struct ConditionOptions: ParsableArguments {
  @Option(
    name: .customLong("where"),
    parsing: .singleValue,
    help: """
      COLUMN=VALUE or LOOKUP.COLUMN=VALUE, also != < <= > >= and ~ for a pattern with %; A|B is one of them (\\| a bar); may be \
      repeated.
      """
  )
  var conditions: [String] = []

  /// nil where there is none.
  var filter: (@Sendable (Table) throws -> RowQuery)? {
    guard !conditions.isEmpty else { return nil }
    return { try query($0) }
  }

  /// - Throws: `QueryError` for a column that is not there or a value that it cannot have; `ValidationError` for what is
  ///   no condition.
  func query(_ table: Table) throws -> RowQuery {
    try RowQueryText(conditions: conditions).written(for: table)
  }
}

/// Which columns of which rows, in which order.
struct SelectionOptions: ParsableArguments {
  @Option(help: "Columns, also LOOKUP.COLUMN, separated by commas; default the most useful ones.")
  var select: String?

  @OptionGroup var condition: ConditionOptions

  @Option(help: "Columns to sort by, separated by commas; COLUMN:desc turns one around.")
  var order: String?

  @Option(help: "Rows at most.", transform: Numbers.count)
  var top: Int?

  /// - Throws: as `ConditionOptions.query`.
  func query(_ table: Table, page: String? = nil) throws -> RowQuery {
    try RowQueryText(
      select: select,
      conditions: condition.conditions,
      order: order,
      top: top,
      page: page
    ).written(for: table)
  }
}

extension RowQueryText {
  /// - Throws: `ValidationError` for what is no query; `QueryError` for a text that is no page.
  func written(for table: Table) throws -> RowQuery {
    do {
      return try query(table)
    } catch let error as QueryTextError {
      throw ValidationError(error.message.text)
    }
  }
}
