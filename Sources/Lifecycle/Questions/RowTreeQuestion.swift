package import SolutionStore
package import Solutions

/// Rows of a table with rows that belong to each of them, of one consistent state.
package struct RowTreeQuestion: Question {
  private let tree: RowTree
  private let tables: KnownTables
  private let memory: TableMemory?
  private let given: RowValue?
  private let kept: Kept?
  package let isBrief: Bool

  /// How the database is asked for a tree, for whoever asks the same one again.
  package struct Kept: Sendable {
    let statement = KeptStatement()

    package init() {}
  }

  /// - Parameters:
  ///   - given: for `RowQuery.Filter.isGiven`; nil where nothing has to be.
  ///   - tables: what is known of them.
  ///   - memory: what it was made of; nil where that was found out for it.
  ///   - kept: of the same tree, made of the same memory.
  ///   - isBrief: it asks for one row by its id.
  package init(
    _ tree: RowTree,
    given: RowValue? = nil,
    knowing tables: KnownTables,
    trusting memory: TableMemory? = nil,
    keeping kept: Kept? = nil,
    isBrief: Bool = false
  ) {
    self.tree = tree
    self.given = given
    self.tables = tables
    self.memory = memory
    self.kept = kept
    self.isBrief = isBrief
  }

  /// - Throws: `TableMemory.Outdated`, `QueryError` for what is not there, and for more rows than are read.
  package func answer(from store: StoreReader) throws -> RowForest {
    try store.knowing(tables.cache, trusting: memory) {
      try store.forest(tree, given: given, keeping: kept?.statement)
    }
  }
}
