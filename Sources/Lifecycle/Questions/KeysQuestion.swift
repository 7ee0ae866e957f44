package import SolutionStore
package import Solutions

/// Alternate keys of a table, and why those that are not active are not.
package struct KeysQuestion: Question {
  private let table: String

  package init(of table: String) { self.table = table }

  /// - Throws: `QueryError` for a table that is not there.
  package func answer(from store: StoreReader) throws -> [(
    key: Table.AlternateKey, failure: String?
  )] {
    try store.keys(of: table)
  }
}
