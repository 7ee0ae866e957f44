internal import Hashing
internal import SQL
internal import Solutions

/// What a copy that was cut off has left where it was to go: large tables of rows, each as far as it came
/// (docs/decisions/175).
///
/// There is no environment before the last transaction of a copy, and nothing takes it for one.
struct ArrivedCopy: Sendable {
  /// The id of the environment that is copied.
  let environment: String
  /// Where that lies.
  let source: String
  /// By what they are called here.
  let tables: [String: Arrived]

  struct Arrived: Equatable, Sendable {
    /// How the table was made.
    let design: String
    let sum: RowSum
  }

  /// What others need to know of it.
  var outline: UnfinishedCopy {
    let rows = tables.values.reduce(0) { $0 &+ $1.sum.rows }
    return UnfinishedCopy(environment: environment, source: source, rows: rows)
  }
}

extension ArrivedCopy {
  private static let table = "strata_copy"

  /// - Returns: nil where there is none: nothing at all, or a whole environment.
  static func found(in sql: any SQLReader) throws -> ArrivedCopy? {
    guard try !sql.columns(of: table).isEmpty, try sql.columns(of: "strata_schema").isEmpty else {
      return nil
    }
    var (environment, source) = ("", "")
    var tables: [String: Arrived] = [:]
    try sql.forEachRow(
      "SELECT name, design, rows, sum, environment, source FROM \(name: table) ORDER BY name"
    ) { row in
      (environment, source) = (try row.text(4), try row.text(5))
      // One that cannot be read has not arrived.
      guard let sum = RowSum(rows: try row.integer(2), bytes: try row.blob(3)) else { return }
      tables[try row.text(0)] = Arrived(design: try row.text(1), sum: sum)
    }
    return ArrivedCopy(environment: environment, source: source, tables: tables)
  }

  /// Takes down how far a table came; the environment and its source as they are here.
  func note(_ name: String, _ arrived: Arrived, in session: any SQLSession) throws {
    if try session.columns(of: Self.table).isEmpty {
      let dialect = session.dialect
      try session.execute(
        """
        CREATE TABLE \(name: Self.table) (
          name \(dialect.text) NOT NULL PRIMARY KEY, design \(dialect.text) NOT NULL, rows BIGINT NOT NULL,
          sum \(dialect.blob) NOT NULL, environment \(dialect.text) NOT NULL, source \(dialect.text) NOT NULL)
        """
      )
    }
    try Self.forget(name, in: session)
    try session.execute(
      """
      INSERT INTO \(name: Self.table) (name, design, rows, sum, environment, source)
      VALUES (\(name), \(arrived.design), \(arrived.sum.rows), \(.blob(arrived.sum.bytes)), \(environment), \(source))
      """
    )
  }

  /// Takes away a table that arrived, and what is known of it.
  static func drop(_ name: String, in session: any SQLSession) throws {
    try session.execute("DROP TABLE IF EXISTS \(name: name)")
    if try !session.columns(of: table).isEmpty { try forget(name, in: session) }
  }

  private static func forget(_ name: String, in session: any SQLSession) throws {
    try session.execute("DELETE FROM \(name: table) WHERE name = \(name)")
  }

  /// The copy is whole.
  static func end(in session: any SQLSession) throws {
    try session.execute("DROP TABLE IF EXISTS \(name: table)")
  }
}

/// What rows of a table add up to, in whatever order they come.
struct RowSum: Equatable, Sendable {
  private(set) var rows = 0
  private var sum = StateDigest.Sum()

  init() {}

  /// - Returns: nil where they are none.
  init?(rows: Int, bytes: [UInt8]) {
    guard rows >= 0, let digest = SHA256Digest(bytes: bytes) else { return nil }
    (self.rows, sum) = (rows, StateDigest.Sum(digest))
  }

  var bytes: [UInt8] { sum.bytes }

  mutating func add(_ values: [SQLValue], _ hasher: inout RowHasher) {
    rows += 1
    sum += hasher.hash(values)
  }
}

/// How much goes into the other database in one transaction; a table with fewer rows goes with the rest.
package struct CopyPortion: Sendable {
  let rows: Int
  let bytes: Int

  package init(rows: Int, bytes: Int = 256 << 20) { (self.rows, self.bytes) = (rows, bytes) }

  package static let standard = CopyPortion(rows: 500_000)
}
