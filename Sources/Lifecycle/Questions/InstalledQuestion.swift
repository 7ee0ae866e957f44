package import SolutionStore
package import Solutions

/// The solutions of an environment with their dates, in the order in which their layers lie, topmost first.
package struct InstalledQuestion: Question {
  /// nil is now.
  private let revision: Int?

  package init(asOf revision: Int? = nil) { self.revision = revision }

  /// - Throws: `StoreError.noSuchRevision` for an operation that is yet to come.
  package func answer(from store: StoreReader) throws -> [InstalledSolution.Dated] {
    let dates = try store.dates(at: revision)
    return try store.solutions(at: revision).sorted { ($1.rank, $0.name) < ($0.rank, $1.name) }.map
    {
      InstalledSolution.Dated($0, dates[$0.name])
    }
  }
}
