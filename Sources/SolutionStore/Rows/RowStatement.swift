internal import SQL
internal import Solutions
internal import Synchronization

/// How the database is asked for some rows, kept from one question to the next: whoever keeps it asks the same again, and
/// only while tables are what they were.
package final class KeptStatement: Sendable {
  private struct Kept: Sendable {
    var statement: RowStatement?
    /// Whether there are enough rows among the first ones, and up to which operation that is known.
    var filling: (isFilled: Bool, revision: Int)?
  }

  private let kept = Mutex(Kept())

  package init() {}

  fileprivate var statement: RowStatement? { kept.withLock { $0.statement } }

  fileprivate func keep(_ statement: RowStatement) { kept.withLock { $0.statement = statement } }

  fileprivate func isFilled(at revision: Int) -> Bool? {
    kept.withLock { $0.filling.flatMap { $0.revision == revision ? $0.isFilled : nil } }
  }

  fileprivate func keep(isFilled: Bool, at revision: Int) {
    kept.withLock { $0.filling = (isFilled, revision) }
  }

  /// Whether a few rows are looked at, as far as was seen when it was asked last.
  package var isBrief: Bool {
    kept.withLock { kept in
      guard let statement = kept.statement, statement.isBounded else { return false }
      return kept.filling?.isFilled ?? true
    }
  }

  /// It was thought to be brief, and is not.
  package struct TakesLonger: Error {}
}

/// A query as the database takes it.
struct RowStatement: Sendable {
  let header: RowHeader
  private let query: QuerySQL
  private let plain: Form
  /// Tells whether there are enough rows among the first ones; nil where nobody has to know.
  private let filling: (text: SQLText.Rendered, rowsMax: Int)?
  /// Whether a few rows are looked at, where there are enough among the first ones.
  let isBounded: Bool

  /// Rows of a page that are no more than a few.
  private static let few = 250

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
    isBounded =
      query.rowsMax.map { $0 <= Self.few + 1 } ?? false
      && query.order.isEmpty && query.groups.isEmpty && query.aggregates.isEmpty
      && !query.isDistinct && query.joins.allSatisfy { $0.isOuter && $0.filter == nil }
      && (query.filter == nil || filling != nil)
  }

  /// As the database finds the rows soonest.
  ///
  /// - Parameters:
  ///   - kept: where it may be known.
  ///   - isBrief: nobody may wait long for it.
  /// - Throws: `KeptStatement.TakesLonger`.
  func form(_ reader: StoreReader, _ kept: KeptStatement?, isBrief: Bool) throws -> Form {
    guard let filling else { return plain }
    let isFilled: Bool
    if let known = reader.knownRevision.flatMap({ kept?.isFilled(at: $0) }) {
      isFilled = known
    } else {
      var found = 0
      try reader.sql.forEachRow(filling.text, []) { found = try $0.integer(0) }
      isFilled = found >= filling.rowsMax
      if let revision = reader.knownRevision { kept?.keep(isFilled: isFilled, at: revision) }
    }
    guard !isFilled else { return plain }
    guard !isBrief else { throw KeptStatement.TakesLonger() }
    return try Form(try query.sorted(), reader)
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
  /// - Parameters:
  ///   - kept: where it may be found, or is left; nil where nobody asks again.
  ///   - told: tables whose rows come with the question.
  func statement(
    _ query: RowQuery,
    _ kept: KeptStatement?,
    _ told: [String: StoredTable]
  ) throws -> RowStatement {
    if let known = kept?.statement { return known }
    let statement = try RowStatement(query, self, tables: { try told[$0] ?? requireTable($0) })
    if !query.dependsOnNames { kept?.keep(statement) }
    return statement
  }
}
