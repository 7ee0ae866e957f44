package import SolutionStore
package import Solutions

/// All components of a kind, in the order of their keys, with what there is of them now.
package struct KindQuestion: Question {
  private let type: ComponentType

  package init(_ type: ComponentType) { self.type = type }

  /// - Throws: `SQLError`, `StoreError.damaged`.
  package func answer(
    from store: StoreReader
  ) throws -> (ids: [ComponentID], state: InstalledState) {
    let ids = try store.names(of: type)
    return (ids, try store.part(Set(ids)))
  }
}
