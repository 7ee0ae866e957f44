package import SolutionStore
package import Solutions

/// A table with its surroundings; nil where there is none.
package struct TableModelQuestion: Question {
  private let name: String
  private let tables: KnownTables

  /// - Parameters:
  ///   - name: logical.
  ///   - tables: what is known of them.
  package init(of name: String, knowing tables: KnownTables) {
    self.name = name
    self.tables = tables
  }

  package func answer(from store: StoreReader) throws -> TableModel? {
    try store.model(of: name, tables.cache)
  }
}
