package import SolutionStore
package import Solutions

/// Managed components with an unmanaged layer or a draft.
package struct CustomizedQuestion: Question {
  package init() {}

  package func answer(from store: StoreReader) throws -> InstalledState {
    try store.part(try store.customized().union(try store.customized(by: .draft)))
  }
}
