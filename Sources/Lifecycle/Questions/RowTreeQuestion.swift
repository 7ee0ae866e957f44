package import SolutionStore
package import Solutions

/// Rows of a table with rows that belong to each of them, of one consistent state.
package struct RowTreeQuestion: Question {
  private let tree: RowTree
  private let tables: KnownTables

  /// - Parameter tables: what is known of them.
  package init(_ tree: RowTree, knowing tables: KnownTables) {
    self.tree = tree
    self.tables = tables
  }

  /// - Throws: `QueryError` for what is not there, and for more rows than are read.
  package func answer(from store: StoreReader) throws -> RowForest {
    try store.knowing(tables.cache) { try store.forest(tree) }
  }
}
