package import SolutionStore
package import Solutions

/// What all tables are called, those of the system too; by name.
package struct TableHeadsQuestion: Question {
  private let tables: KnownTables

  /// - Parameter tables: what is known of them.
  package init(knowing tables: KnownTables) { self.tables = tables }

  package func answer(from store: StoreReader) throws -> [TableHead] {
    try store.heads(tables.cache)
  }
}
