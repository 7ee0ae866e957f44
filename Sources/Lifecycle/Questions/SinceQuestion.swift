package import SolutionStore
package import Solutions

/// Which environment it is, and what was done to it after a revision, newest first.
package struct SinceQuestion: Question {
  private let revision: Int

  package init(_ revision: Int) { self.revision = revision }

  package func answer(from store: StoreReader) throws -> (
    environment: Environment, operations: [Operation]
  ) {
    (try store.environment(), try store.history(since: revision))
  }
}
