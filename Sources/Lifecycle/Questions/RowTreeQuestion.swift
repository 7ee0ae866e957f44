package import SolutionStore
package import Solutions

/// Rows of a table with rows that belong to each of them, of one consistent state.
package struct RowTreeQuestion: Question {
  private let tree: RowTree
  private let tables: KnownTables
  private let memory: TableMemory?
  package let isBrief: Bool

  /// - Parameters:
  ///   - tables: what is known of them.
  ///   - memory: what it was made of; nil where that was found out for it.
  ///   - isBrief: it asks for one row by its id.
  package init(
    _ tree: RowTree,
    knowing tables: KnownTables,
    trusting memory: TableMemory? = nil,
    isBrief: Bool = false
  ) {
    self.tree = tree
    self.tables = tables
    self.memory = memory
    self.isBrief = isBrief
  }

  /// - Throws: `TableMemory.Outdated`, `QueryError` for what is not there, and for more rows than are read.
  package func answer(from store: StoreReader) throws -> RowForest {
    try store.knowing(tables.cache, trusting: memory) { try store.forest(tree) }
  }
}
