/// Statements inside one transaction; synchronous, so that nothing steps in between.
///
/// Parameters are spelled `$1`, `$2` … in order of first use, which both databases understand.
package protocol SQLSession {
  var dialect: SQLDialect { get }
  func execute(_ statement: String, _ values: [SQLValue]) throws(SQLError)
  /// A statement that is run many times.
  func prepare(_ statement: String) throws(SQLError) -> any SQLStatement
  /// Names of a table's columns, in order; none when there is no such table.
  func columns(of table: String) throws -> [String]
  /// Names of the indexes of a table that statements made.
  func indexes(of table: String) throws -> [String]
  /// What the database itself finds broken in its file, in words; nothing when it is whole.
  func integrityFaults() throws -> [String]
  /// Calls `body` for each row of the answer, as it comes.
  func forEachRow(
    _ statement: String,
    _ values: [SQLValue],
    _ body: (SQLRow) throws -> Void
  ) throws
}

extension SQLSession {
  package func execute(_ statement: String) throws(SQLError) { try execute(statement, []) }

  package func rows<Value>(
    _ statement: String,
    _ values: [SQLValue] = [],
    _ transform: (SQLRow) throws -> Value
  ) throws -> [Value] {
    var found: [Value] = []
    try forEachRow(statement, values) { found.append(try transform($0)) }
    return found
  }

  /// The first row of the answer.
  package func row<Value>(
    _ statement: String,
    _ values: [SQLValue] = [],
    _ transform: (SQLRow) throws -> Value
  ) throws -> Value? {
    try rows(statement, values, transform).first
  }
}

/// A prepared statement; goes with the session that made it.
package protocol SQLStatement: AnyObject {
  func execute(_ values: [SQLValue]) throws(SQLError)
  /// The first row of the answer; nil when there is none.
  func row(_ values: [SQLValue]) throws(SQLError) -> SQLRow?
}

/// Where the databases differ.
package struct SQLDialect: Sendable {
  package let name: String
  /// Type of a column that holds bytes.
  package let blob: String
  /// Type of a column that holds exact decimals; SQLite has none and keeps their canonical spelling.
  package let decimal: String
  package let real: String

  /// Names that columns of ours cannot have.
  package let reservedColumns: Set<String>

  package init(
    name: String,
    blob: String,
    decimal: String,
    real: String,
    reservedColumns: Set<String>
  ) {
    self.reservedColumns = reservedColumns
    self.name = name
    self.blob = blob
    self.decimal = decimal
    self.real = real
  }

  /// An exact decimal as something that compares and adds up as a number.
  package func number(_ term: String) -> String {
    decimal == "TEXT" ? "CAST(\(term) AS REAL)" : term
  }

  /// How many bytes a text has in UTF-8.
  package func bytes(_ term: String) -> String {
    name == "SQLite" ? "LENGTH(CAST(\(term) AS BLOB))" : "OCTET_LENGTH(\(term))"
  }

  /// A text as it stands in a statement, whatever is in it.
  package func literal(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

  /// A name as it stands in a statement, whatever is in it.
  package func quoted(_ name: String) -> String {
    "\"\(name.replacing("\"", with: "\"\""))\""
  }
}

/// A database that many may read and one may write.
package protocol SQLDatabase: Sendable {
  /// What it is called in messages: a path or an address without secrets.
  var location: String { get }
  /// Whether it was opened to be changed, too.
  var isWritable: Bool { get }
  /// One consistent state, whatever is written meanwhile.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws -> Value
  /// One transaction: commits when `body` returns, leaves no trace when it throws.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws -> Value
  /// The right to change the environment, for as long as the value lives; nil when another has it.
  ///
  /// It ends with the process that holds it, however that ends.
  func claim() throws(SQLError) -> (any SQLClaim)?
  /// Whether somebody has the claim; whoever asks is in nobody's way.
  func isClaimed() throws(SQLError) -> Bool
}

/// The right to change an environment; see `SQLDatabase.claim`.
package protocol SQLClaim: AnyObject, Sendable {}
