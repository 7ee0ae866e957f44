package import SolutionStore
package import Solutions

/// What says whether a component can go: its parts, and what names any of them.
package struct DeletionQuestion: Question {
  private let id: ComponentID

  package init(of id: ComponentID) { self.id = id }

  package func answer(from store: StoreReader) throws -> InstalledState {
    try store.snapshot(changing: [id])
  }
}
