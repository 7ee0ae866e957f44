package import SolutionStore
package import Solutions

/// The components that have a layer or a draft now, in the order of their keys; quick, for shells that complete words.
package struct NamesQuestion: Question {
  package init() {}

  package func answer(from store: StoreReader) throws -> [ComponentID] { try store.names() }
}
