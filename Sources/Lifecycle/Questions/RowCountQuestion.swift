package import SolutionStore
package import Solutions

/// How many rows a query finds.
package struct RowCountQuestion: Question {
  private let query: RowQuery
  private let tables: KnownTables
  private let memory: TableMemory?

  /// - Parameters:
  ///   - tables: what is known of them.
  ///   - memory: what it was made of; nil where that was found out for it.
  package init(
    _ query: RowQuery,
    knowing tables: KnownTables,
    trusting memory: TableMemory? = nil
  ) {
    self.query = query
    self.tables = tables
    self.memory = memory
  }

  /// - Throws: `TableMemory.Outdated`, `QueryError` for what is not there.
  package func answer(from store: StoreReader) throws -> Int {
    try store.knowing(tables.cache, trusting: memory) { try store.count(query) }
  }
}
