package import SolutionStore
package import Solutions

/// The components that have a layer or a draft now, unless nothing but rows was written since a revision.
package struct NamesSinceQuestion: Question {
  private let former: Int

  /// - Parameter former: of which they are known; -1 for none.
  package init(_ former: Int) { self.former = former }

  /// - Throws: `SQLError`, `StoreError.damaged`.
  package func answer(
    from store: StoreReader
  ) throws -> (revision: Int, names: [ComponentID]?) { try store.names(since: former) }
}
