package import SolutionStore
package import Solutions

/// The row of a table that the environment began with; nil where it is gone.
package struct SystemRowQuestion: Question {
  private let table: String

  package init(of table: String) { self.table = table }

  /// - Throws: `SQLError`, `StoreError.damaged`.
  package func answer(from store: StoreReader) throws -> GUID? {
    try store.systemRow(of: table).flatMap { GUID($0) }
  }
}
