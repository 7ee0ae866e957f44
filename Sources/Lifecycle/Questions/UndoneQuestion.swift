package import SolutionStore

/// The first of the operations that a rollback undid; nil for an operation that is none.
package struct UndoneQuestion: Question {
  private let number: Int

  package init(by number: Int) { self.number = number }

  package func answer(from store: StoreReader) throws -> Int? { try store.undone(by: number) }
}
