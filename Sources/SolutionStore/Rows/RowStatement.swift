internal import SQL
internal import Solutions
internal import Synchronization

/// How the database is asked for some rows, kept from one question to the next: whoever keeps it asks the same again, and
/// only while tables are what they were.
package final class KeptStatement: Sendable {
  fileprivate let statement = Mutex<RowStatement?>(nil)

  package init() {}
}

/// A query as the database takes it.
struct RowStatement: Sendable {
  let header: RowHeader
  private let query: QuerySQL
  private let plain: Form
  /// Tells whether there are enough rows among the first ones; nil where nobody has to know.
  private let filling: (text: SQLText.Rendered, rowsMax: Int)?

  /// - Parameter tables: what the names in the query stand for.
  init(
    _ query: RowQuery,
    _ reader: StoreReader,
    tables: (String) throws -> StoredTable
  ) throws {
    let (statement, header) = try reader.statement(query, tables: tables)
    (self.query, self.header) = (statement, header)
    plain = try Form(statement, reader)
    filling = try statement.filling().map { (try reader.sql.rendered($0.text), $0.rowsMax) }
  }

  /// As the database finds the rows soonest.
  func form(_ reader: StoreReader) throws -> Form {
    guard let filling else { return plain }
    var found = 0
    try reader.sql.forEachRow(filling.text, []) { found = try $0.integer(0) }
    return found < filling.rowsMax ? try Form(try query.sorted(), reader) : plain
  }

  struct Form: Sendable {
    let text: SQLText.Rendered
    private let width: Int
    private let cookieWidth: Int

    fileprivate init(_ query: QuerySQL, _ reader: StoreReader) throws {
      text = try reader.sql.rendered(query.text)
      (width, cookieWidth) = (query.columns.count, query.cookieWidth)
    }

    func row(_ row: SQLRow) -> Row {
      Row(
        values: (0..<width).map { RowValue(row.value($0)) },
        cookie: cookieWidth == 0
          ? nil
          : RowQuery.Cookie(
            values: (width..<width + cookieWidth).map { RowValue(row.value($0)) }
          )
      )
    }
  }
}

extension StoreReader {
  /// - Parameter kept: where it may be found, or is left; nil where nobody asks again.
  func statement(_ query: RowQuery, _ kept: KeptStatement?) throws -> RowStatement {
    if let known = kept?.statement.withLock({ $0 }) { return known }
    let statement = try RowStatement(query, self, tables: { try requireTable($0) })
    if !query.dependsOnNames { kept?.statement.withLock { $0 = statement } }
    return statement
  }
}
