package import SolutionStore
package import Solutions

/// Which environment it is, and how far its history has come.
package struct EnvironmentQuestion: Question {
  package init() {}

  package func answer(from store: StoreReader) throws -> Environment {
    try store.environment()
  }
}
