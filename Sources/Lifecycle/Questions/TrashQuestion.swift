package import SolutionStore
package import Solutions

/// What was dropped and can come back, newest first.
package struct TrashQuestion: Question {
  /// Whether to count what is in there; takes time that grows with it.
  private let counts: Bool

  package init(counting counts: Bool = false) { self.counts = counts }

  package func answer(from store: StoreReader) throws -> [TrashRow] {
    try store.trash(counts: counts)
  }
}
