package import SolutionStore
package import Solutions

/// The id of a row that is called by its id or an alternate key; nil where there is none.
package struct RowNameQuestion: Question {
  private let name: RowName
  private let table: String
  private let tables: KnownTables

  /// - Parameter tables: what is known of them.
  package init(_ name: RowName, in table: String, knowing tables: KnownTables) {
    self.name = name
    self.table = table
    self.tables = tables
  }

  /// - Throws: `QueryError` for a table that is not there, `RowEditError.noSuchKey` for what is no name.
  package func answer(from store: StoreReader) throws -> GUID? {
    try store.knowing(tables.cache) { try store.find(name, in: table)?.id }
  }
}
