internal import SQL
internal import Solutions

/// Writes rows as they come, and notes what cannot be one.
struct RowWriter {
  private let converter: RowConverter
  private let statement: any SQLStatement
  private var finder: LookupFinder
  private var check: LookupCheck
  private var problems = RowProblems()
  /// Of the row that is written; those that are the same for all stay.
  private var arguments: [SQLValue]

  init(
    _ plan: FieldPlan,
    _ stored: StoredTable,
    _ writing: RowWriting,
    in transaction: StoreTransaction,
    operation: Int,
    moment: Timestamp
  ) throws {
    let statement = try ImportStatement(
      plan,
      stored,
      writing.mode,
      by: try transaction.reader.systemUser(),
      in: operation,
      at: moment
    )
    arguments = statement.arguments
    converter = RowConverter(plan, statement, newID: writing.newID)
    self.statement = try transaction.sql.prepare(statement.text)
    finder = try LookupFinder(plan, statement, in: transaction)
    check = try LookupCheck(
      plan,
      statement,
      stored,
      isUpsert: writing.mode != .insert,
      reader: transaction.reader,
      operation: operation
    )
  }

  /// How many rows were written.
  var count: Int { check.lines.count }

  mutating func write(_ fields: [String], line: Int) throws {
    let before = problems.count
    converter.convert(fields, line: line, into: &arguments, &problems)
    try finder.find(fields, line: line, into: &arguments, &problems)
    converter.requireAll(arguments, line: line, &problems)
    guard problems.count == before else { return }
    do throws(SQLError) {
      try statement.execute(arguments)
      check.noteWritten(arguments, line: line)
    } catch {
      guard case .notUnique(let columns) = error.reason else { throw error }
      problems.note("another row has the same \(Self.spelled(columns))", line: line)
    }
  }

  /// Columns that the database names, by the names that people know.
  private static func spelled(_ columns: [String]) -> String {
    columns.isEmpty
      ? "key" : columns.map { String($0.prefix { $0 != "~" }) }.joined(separator: ", ")
  }

  /// In the end.
  ///
  /// - Throws: `BadRows` where some cannot be written.
  mutating func finish() throws {
    try check.check(&problems)
    try problems.throwAny()
  }
}
