package import SolutionStore
package import Solutions

/// Some components with all their layers, and the rows of all solutions.
package struct PartQuestion: Question {
  private let ids: Set<ComponentID>

  package init(of ids: Set<ComponentID>) { self.ids = ids }

  package func answer(from store: StoreReader) throws -> InstalledState {
    try store.part(ids)
  }
}
