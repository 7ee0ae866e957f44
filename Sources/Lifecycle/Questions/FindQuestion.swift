package import SolutionStore
package import Solutions

/// Components by a part of a name, a display name, an id or a label.
package struct FindQuestion: Question {
  private let search: ComponentSearch
  /// nil is now.
  private let revision: Int?

  package init(_ search: ComponentSearch, asOf revision: Int? = nil) {
    self.search = search
    self.revision = revision
  }

  /// - Throws: `StoreError.noSuchRevision` for an operation that is yet to come.
  package func answer(from store: StoreReader) throws -> [ComponentHit] {
    try store.whole(at: revision).hits(search)
  }
}
