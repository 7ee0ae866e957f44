package import SolutionStore
package import Solutions

/// The publishers of an environment, by name.
package struct PublishersQuestion: Question {
  package init() {}

  package func answer(from store: StoreReader) throws -> [Publisher] {
    try store.part([]).publishers.values.sorted { $0.name < $1.name }
  }
}
