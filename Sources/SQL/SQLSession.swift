/// What a name in a database may stand for.
package enum SQLObject: String, Sendable {
  case table
  case index
  case view
  case trigger
}

/// Queries of one consistent state; synchronous, so that nothing steps in between.
///
/// - Throws: all of it: `SQLError`, and what the bodies given to it throw.
package protocol SQLReader {
  var dialect: any SQLDialect { get }
  /// Names of a table's columns, in order; none when there is no such table.
  func columns(of table: String) throws -> [String]
  /// A table with its columns and what tells its rows apart; nil when there is no such table.
  ///
  /// A database that keeps decimals as texts tells them as texts.
  func table(_ name: String) throws -> SQLTable?
  /// Names of the indexes of a table that statements made.
  func indexes(of table: String) throws -> [String]
  /// All that has a name in the database, by that name.
  func objects() throws -> [String: SQLObject]
  /// What the database itself finds broken in its file, in words; nothing when it is whole.
  func integrityFaults() throws -> [String]
  /// A statement as the database takes it: whoever asks it many times may keep that.
  func rendered(_ text: SQLText) throws(SQLError) -> SQLText.Rendered
  /// Calls `body` for each row of the answer, as it comes.
  ///
  /// - Parameter arguments: for `\(argument:)`, all of them.
  func forEachRow(
    _ statement: SQLText.Rendered,
    _ arguments: [SQLValue],
    _ body: (SQLRow) throws -> Void
  ) throws
  /// The same for an answer of any length, where `body` may ask and write something else meanwhile.
  func forEachRowOfMany(
    _ statement: SQLText.Rendered,
    _ arguments: [SQLValue],
    _ body: (SQLRow) throws -> Void
  ) throws
  /// - Parameter rows: about how many a piece is to have.
  func pieces(of table: String, rows: Int) throws -> SQLPieces
  /// What fails in it is no reason why something else could not be read.
  func apart<Value>(_ body: () throws -> Value) throws -> Value
  /// Where a transaction that writes may end because its task is cancelled; nowhere else does it.
  ///
  /// - Throws: `CancellationError` when it is.
  func checkpoint() throws
}

/// Statements inside one transaction, which may write, too.
package protocol SQLSession: SQLReader {
  func execute(_ text: SQLText) throws(SQLError)
  /// Waits for tables whose columns are to change, all at once, so that nobody else waits meanwhile (docs/decisions/179).
  func reserve(_ tables: [String]) throws
  /// Takes columns out of a table, with their values; all of them at once, since a database may write the table anew.
  func dropColumns(_ columns: [String], of table: String) throws
  /// A statement that is run many times.
  ///
  /// - Parameter mayFail: whether the transaction goes on after a run that is refused, as if it had not been.
  func prepare(_ text: SQLText, mayFail: Bool) throws(SQLError) -> any SQLStatement
  /// Writes rows into a table: the way of much that is written at once. All are written, or none.
  ///
  /// Values are of the types of their columns.
  func insert(_ rows: SQLRows, into table: String, _ conflict: SQLConflict) throws(SQLError)
}

extension SQLReader {
  /// Calls `body` for each row of the answer, as it comes.
  package func forEachRow(_ text: SQLText, _ body: (SQLRow) throws -> Void) throws {
    try forEachRow(try rendered(text), [], body)
  }

  /// The same for an answer of any length, where `body` may ask and write something else meanwhile.
  package func forEachRowOfMany(_ text: SQLText, _ body: (SQLRow) throws -> Void) throws {
    try forEachRowOfMany(try rendered(text), [], body)
  }

  package func rows<Value>(
    _ text: SQLText,
    _ transform: (SQLRow) throws -> Value
  ) throws -> [Value] {
    var found: [Value] = []
    try forEachRow(text) { found.append(try transform($0)) }
    return found
  }

  /// The first row of the answer.
  package func row<Value>(
    _ text: SQLText,
    _ transform: (SQLRow) throws -> Value
  ) throws -> Value? {
    try rows(text, transform).first
  }

  /// Runs a query for many values, some hundreds at a time.
  ///
  /// - Parameter query: for some of them.
  package func forEachRow(
    among values: [SQLValue],
    _ query: ([SQLValue]) -> SQLText,
    each body: (SQLRow) throws -> Void
  ) throws {
    for some in Self.portions(of: values) { try forEachRow(query(some), body) }
  }

  /// As many as any database takes in one statement.
  fileprivate static func portions(of values: [SQLValue]) -> [[SQLValue]] {
    stride(from: 0, to: values.count, by: 500).map { start in
      Array(values[start..<min(start + 500, values.count)])
    }
  }
}

extension SQLSession {
  /// A file has one lock for all of it.
  package func reserve(_ tables: [String]) {}

  /// A statement that is run many times.
  package func prepare(_ text: SQLText) throws(SQLError) -> any SQLStatement {
    try prepare(text, mayFail: false)
  }

  /// Runs a statement for many values, some hundreds at a time.
  ///
  /// - Parameter statement: for some of them.
  package func execute(
    among values: [SQLValue],
    _ statement: ([SQLValue]) -> SQLText
  ) throws(SQLError) {
    for some in Self.portions(of: values) { try execute(statement(some)) }
  }
}

/// A prepared statement; goes with the session that made it.
package protocol SQLStatement: AnyObject {
  /// - Parameter arguments: for `\(argument:)`, all of them.
  func execute(_ arguments: [SQLValue]) throws(SQLError)
  /// The first row of the answer; nil when there is none.
  func row(_ arguments: [SQLValue]) throws(SQLError) -> SQLRow?
  /// How many runs are worth gathering for `runEach`: one where nothing is won by it.
  var runsAtOnce: Int { get }
  /// Runs it several times, one after the other; the others are done where one is refused for what is in its row.
  ///
  /// For statements that may fail.
  ///
  /// - Parameter told: the place of each and what came of it, in order: the first row of its answer, or an error of its
  ///   row (`isOfRow`).
  /// - Throws: every other error of a run, and what `told` throws.
  func runEach(
    _ runs: [[SQLValue]],
    told: (Int, Result<SQLRow?, SQLError>) throws -> Void
  ) throws
}

extension SQLStatement {
  package var runsAtOnce: Int { 1 }

  /// - Throws: as the requirement says.
  package func runEach(
    _ runs: [[SQLValue]],
    told: (Int, Result<SQLRow?, SQLError>) throws -> Void
  ) throws { try runOneByOne(runs, told: told) }

  /// - Throws: as `runEach`.
  package func runOneByOne(
    _ runs: [[SQLValue]],
    told: (Int, Result<SQLRow?, SQLError>) throws -> Void
  ) throws {
    for (place, arguments) in runs.enumerated() {
      let answer = Result { () throws(SQLError) in try row(arguments) }
      if case .failure(let error) = answer, !error.isOfRow { throw error }
      try told(place, answer)
    }
  }
}

/// A database that many may read and one may write.
package protocol SQLDatabase: Sendable {
  /// What it is called in messages: a path or an address without secrets.
  var location: String { get }
  /// Whether it was opened to be changed, too.
  var isWritable: Bool { get }
  var dialect: any SQLDialect { get }
  /// One consistent state, whatever is written meanwhile.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLReader) throws -> Value
  ) async throws -> Value
  /// The same for what takes no longer than a look into an index.
  func readBriefly<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLReader) throws -> Value
  ) async throws -> Value
  /// One transaction: commits when `body` returns, leaves no trace when it throws.
  ///
  /// A task that is cancelled ends it at a checkpoint of `body` alone: what is past the last one is done.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws -> Value
  /// Writes the file anew without what is free in it; nothing that is in it changes, and who reads goes on.
  ///
  /// Whoever calls has the claim.
  ///
  /// - Throws: `SQLError`, where there is no space for a second copy, too.
  func compact() async throws -> CompactedSize
  /// How many bytes it takes.
  func size() async throws -> Int
  /// Takes it away, with all that is in it; whoever calls has the claim.
  ///
  /// - Throws: `SQLError`, where somebody reads it or something outside of it depends on it, too; nothing is changed then.
  func drop() async throws
  /// Takes away what was made for it where nothing was written into it: whoever calls has the claim, and is done with it.
  func discard()
  /// The right to change the environment, for as long as the value lives; nil when others have it all the while.
  ///
  /// It ends with the process that holds it, however that ends.
  ///
  /// - Parameter patience: how long to wait for it; zero looks once.
  /// - Throws: `SQLError`; `CancellationError` where the task is cancelled while it waits.
  func claim(waiting patience: Duration) async throws -> (any SQLClaim)?
  /// Whether somebody has the claim, nil where one cannot look; whoever asks is in nobody's way.
  func isClaimed() throws(SQLError) -> Bool?
}

/// How large a database is, in bytes.
package struct CompactedSize: Equatable, Sendable {
  package let before: Int
  package let after: Int
  /// Whether somebody still reads what was there before, so that it is smaller only when they have done.
  package let isHeld: Bool

  package init(before: Int, after: Int, isHeld: Bool) {
    self.before = before
    self.after = after
    self.isHeld = isHeld
  }
}

/// The right to change an environment; see `SQLDatabase.claim(waiting:)`.
package protocol SQLClaim: AnyObject, Sendable {}

extension SQLDatabase {
  /// - Throws: as `read`.
  package func readBriefly<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLReader) throws -> Value
  ) async throws -> Value { try await read(body) }
}
