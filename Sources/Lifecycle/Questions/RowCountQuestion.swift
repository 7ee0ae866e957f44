package import SolutionStore
package import Solutions

/// How many rows a query finds.
package struct RowCountQuestion: Question {
  private let query: RowQuery
  private let tables: KnownTables

  /// - Parameter tables: what is known of them.
  package init(_ query: RowQuery, knowing tables: KnownTables) {
    self.query = query
    self.tables = tables
  }

  /// - Throws: `QueryError` for what is not there.
  package func answer(from store: StoreReader) throws -> Int {
    try store.knowing(tables.cache) { try store.count(query) }
  }
}
