package import SolutionStore
package import Solutions

/// A table as the definitions in effect describe it.
package struct TableQuestion: Question {
  private let table: String

  /// - Parameter table: by its logical name.
  package init(of table: String) { self.table = table }

  /// - Throws: `QueryError` for a table that is not there.
  package func answer(from store: StoreReader) throws -> Table { try store.existingTable(table) }
}
