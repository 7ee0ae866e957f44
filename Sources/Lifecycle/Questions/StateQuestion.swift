package import SolutionStore
package import Solutions

/// Everything that is installed.
package struct StateQuestion: Question {
  package init() {}

  package func answer(from store: StoreReader) throws -> InstalledState {
    try store.whole()
  }
}
