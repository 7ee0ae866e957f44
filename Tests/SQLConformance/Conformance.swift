package import SQL

/// What every database does alike, as a list of cases: each driver's tests run them all.
package enum Conformance {
  /// One promise, and how it is put to the test.
  package struct Case: Sendable {
    /// A sentence that is true.
    package let name: String
    let run: @Sendable (any SQLDatabase) async throws -> Void

    /// - Parameter database: an empty one.
    /// - Throws: `Broken` where the promise is not kept, and what the database throws.
    package func callAsFunction(_ database: any SQLDatabase) async throws {
      try await run(database)
    }
  }

  /// A promise that a database did not keep.
  package struct Broken: Error, CustomStringConvertible {
    package let description: String
  }

  package static var all: [Case] { values + orders + changes + transactions + many }
}

extension Conformance.Case: CustomStringConvertible {
  package var description: String { name }
}

extension Conformance {
  static func expect<Value: Equatable>(
    _ found: Value,
    _ wanted: Value,
    _ what: String = ""
  ) throws {
    guard found != wanted else { return }
    throw Broken(description: "\(what) is \(found), and not \(wanted)")
  }

  /// - Throws: where a body does not fail for one of these reasons.
  static func expectFailure(
    _ what: String,
    _ isExpected: (SQLError.Reason) -> Bool = { _ in true },
    _ body: () async throws -> Void
  ) async throws {
    do {
      try await body()
    } catch let error as SQLError {
      guard !isExpected(error.reason) else { return }
      throw Broken(description: "\(what) fails for another reason: \(error.reason), \(error)")
    }
    throw Broken(description: "\(what) does not fail")
  }

  /// A table `t` with a column of each type, and `id`.
  static func table(_ session: any SQLSession) throws {
    let dialect = session.dialect
    try session.execute(
      """
      CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, a \(dialect.text), n BIGINT, r \(dialect.real),
        d \(dialect.decimal), b \(dialect.blob))
      """
    )
  }

  static func values(
    of column: String,
    _ reader: any SQLReader,
    orderedBy order: SQLText = "id"
  ) throws -> [SQLValue] {
    try reader.rows("SELECT \(name: column) FROM t ORDER BY \(order)") { $0.value(0) }
  }
}
