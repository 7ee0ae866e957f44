internal import SQL

/// A connection inside a transaction.
final class PostgreSQLSession: SQLSession {
  let connection: Connection
  let schema: String
  private let cancellation: Cancellation
  /// Whether a cancelled task ends it between rows, too: where nothing is written.
  private let endsBetweenRows: Bool
  /// How long to wait for tables that others read, in seconds.
  let patience: Double
  private var nameCount = 0
  /// Runs that may be refused, since the transaction was last saved.
  private var runs: [(statement: String, text: String, arguments: [SQLValue])] = []
  private var isSaved = false

  init(
    _ connection: Connection,
    schema: String,
    _ cancellation: Cancellation,
    endsBetweenRows: Bool,
    patience: Double = 0
  ) {
    self.connection = connection
    self.schema = schema
    self.cancellation = cancellation
    self.endsBetweenRows = endsBetweenRows
    self.patience = patience
  }

  let dialect: any SQLDialect = PostgreSQLDialect()

  /// Nobody knows of which type nothing is, so that it is no value.
  static func rendered(_ text: SQLText) throws(SQLError) -> SQLText.Rendered {
    try text.rendered(none: "(NULL)") { number, _ in "$\(number)" }
  }

  func checkpoint() throws { try cancellation.check() }

  // MARK: Reading

  func rendered(_ text: SQLText) throws(SQLError) -> SQLText.Rendered { try Self.rendered(text) }

  func forEachRow(
    _ statement: SQLText.Rendered,
    _ arguments: [SQLValue],
    _ body: (SQLRow) throws -> Void
  ) throws {
    let answer = try connection.read(statement.given(arguments))
    do {
      while let row = try answer.next() {
        if endsBetweenRows { try cancellation.check() }
        try body(row)
      }
    } catch {
      answer.end()
      throw error
    }
  }

  func forEachRowOfMany(
    _ statement: SQLText.Rendered,
    _ arguments: [SQLValue],
    _ body: (SQLRow) throws -> Void
  ) throws {
    nameCount += 1
    let name = "rows_\(nameCount)"
    let given = statement.given(arguments)
    try connection.run(
      SQLText.Rendered(
        "DECLARE \(name) NO SCROLL CURSOR FOR \(given.text)",
        values: given.values
      )
    )
    let fetch = SQLText.Rendered("FETCH \(Self.portion) FROM \(name)", values: [])
    while true {
      if endsBetweenRows { try cancellation.check() }
      let reply = try connection.run(fetch)
      let names = reply.names
      for row in 0..<reply.count { try body(try reply.row(row, names: names)) }
      guard reply.count == Self.portion else { break }
    }
    try connection.run("CLOSE \(name)")
  }

  private static let portion = 1_000

  func apart<Value>(_ body: () throws -> Value) throws -> Value {
    try settleRuns()
    nameCount += 1
    let name = "apart_\(nameCount)"
    try connection.run("SAVEPOINT \(name)")
    do {
      let value = try body()
      try settleRuns()
      try connection.run("RELEASE SAVEPOINT \(name)")
      return value
    } catch {
      forgetRuns()
      if connection.isAlive {
        try connection.run("ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)")
      }
      throw error
    }
  }

  // MARK: Writing

  func execute(_ text: SQLText) throws(SQLError) {
    try settleRuns()
    try connection.run(try Self.rendered(text))
  }

  func dropColumns(_ columns: [String], of table: String) throws {
    guard !columns.isEmpty else { return }
    let drops = columns.map { "DROP COLUMN \(name: $0)" as SQLText }
    try execute("ALTER TABLE \(name: table) \(drops.joined(separator: ", "))")
  }

  func prepare(_ text: SQLText, mayFail: Bool) throws(SQLError) -> any SQLStatement {
    let rendered = try Self.rendered(text)
    // What is bound for good comes behind the arguments, so each run binds it anew.
    let name = try connection.prepare(rendered)
    return PostgreSQLStatement(name, rendered, mayFail: mayFail, in: self)
  }

  func run(
    _ statement: String,
    _ text: String,
    _ arguments: [SQLValue],
    mayFail: Bool
  ) throws(SQLError) -> Reply {
    guard mayFail else {
      return try connection.run(prepared: statement, text, arguments)
    }
    if runs.count == Self.runsMax { try settleRuns() }
    if !isSaved {
      try connection.run("SAVEPOINT runs")
      isSaved = true
    }
    do throws(SQLError) {
      let reply = try connection.run(prepared: statement, text, arguments)
      runs.append((statement, text, arguments))
      return reply
    } catch {
      guard connection.isAlive else { throw error }
      try repeatRuns()
      throw error
    }
  }

  /// - Returns: nil where one of them is refused for what is in its row; none of them is done then.
  func runAll(
    _ statement: String,
    _ text: String,
    _ runs: [[SQLValue]]
  ) throws(SQLError) -> [Reply]? {
    try settleRuns()
    try connection.run("SAVEPOINT runs")
    do throws(SQLError) {
      let replies = try connection.run(prepared: statement, text, each: runs)
      try connection.run("RELEASE SAVEPOINT runs")
      return replies
    } catch {
      guard connection.isAlive else { throw error }
      try connection.run("ROLLBACK TO SAVEPOINT runs; RELEASE SAVEPOINT runs")
      guard error.isOfRow else { throw error }
      return nil
    }
  }

  /// The server takes back all since the transaction was saved: what went well is done once more.
  private func repeatRuns() throws(SQLError) {
    try connection.run("ROLLBACK TO SAVEPOINT runs")
    for run in runs { _ = try connection.run(prepared: run.statement, run.text, run.arguments) }
    try settleRuns()
  }

  /// Saving costs two turns to the server, so it is done once for many.
  private static let runsMax = 500

  private func settleRuns() throws(SQLError) {
    guard isSaved else { return }
    forgetRuns()
    try connection.run("RELEASE SAVEPOINT runs")
  }

  private func forgetRuns() {
    runs = []
    isSaved = false
  }

  func insert(_ rows: SQLRows, into table: String, _ conflict: SQLConflict) throws(SQLError) {
    guard !rows.isEmpty else { return }
    try settleRuns()
    let types = rows.count < Self.copiedMin ? [] : try self.types(of: rows.columns, in: table)
    guard !types.isEmpty, types.allSatisfy(Wire.canCopy) else {
      return try insertInStatements(rows, into: table, conflict)
    }
    guard conflict == .kept else { return try copy(rows, into: "\(name: table)", types) }
    let columns: SQLText = "\(names: rows.columns)"
    try connection.run(
      try Self.rendered(
        """
        CREATE TEMPORARY TABLE strata_rows ON COMMIT DROP AS
        SELECT \(columns) FROM \(name: table) WITH NO DATA
        """
      )
    )
    try copy(rows, into: "pg_temp.strata_rows", types)
    try connection.run(
      try Self.rendered(
        """
        INSERT INTO \(name: table) (\(columns)) SELECT \(columns) FROM pg_temp.strata_rows
        ON CONFLICT DO NOTHING
        """
      )
    )
    try connection.run("DROP TABLE pg_temp.strata_rows")
  }

  /// From here on copying is worth its turns to the server.
  private static let copiedMin = 100

  private func insertInStatements(
    _ rows: SQLRows,
    into table: String,
    _ conflict: SQLConflict
  ) throws(SQLError) {
    let portion = max(1, 30_000 / rows.columns.count)
    for start in stride(from: 0, to: rows.count, by: portion) {
      let lists = (start..<min(start + portion, rows.count)).map {
        "\(list: Array(rows[$0]))" as SQLText
      }
      let tail: SQLText = conflict == .kept ? " ON CONFLICT DO NOTHING" : ""
      try connection.run(
        try Self.rendered(
          """
          INSERT INTO \(name: table) (\(names: rows.columns)) VALUES \(lists.joined(separator: ", "))\(tail)
          """
        )
      )
    }
  }

  private func copy(_ rows: SQLRows, into table: SQLText, _ types: [UInt32]) throws(SQLError) {
    let statement = try Self.rendered(
      "COPY \(table) (\(names: rows.columns)) FROM STDIN (FORMAT binary)"
    )
    var next = 0
    try connection.copy(statement.text) { (buffer: inout [UInt8]) throws(SQLError) -> Bool in
      while next < rows.count, buffer.count < 1 << 18 {
        Wire.add(UInt16(types.count), to: &buffer)
        for (value, type) in zip(rows[next], types) { try Wire.add(value, as: type, to: &buffer) }
        next += 1
      }
      return next < rows.count
    }
  }
}

extension SQLText.Rendered {
  /// With its arguments, once they are there.
  func given(_ arguments: [SQLValue]) -> SQLText.Rendered {
    precondition(arguments.count == argumentCount, "a statement is given all its arguments")
    return SQLText.Rendered(text, values: arguments + values)
  }
}
