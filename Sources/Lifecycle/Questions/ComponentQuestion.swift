package import SolutionStore
package import Solutions

/// The components that a text may mean, with what they need and what needs them.
package struct ComponentQuestion: Question {
  /// Keys or names as written.
  private let names: [String]
  /// nil looks among all kinds.
  private let type: ComponentType?
  /// What a hint has in common with the text.
  private let tail: String
  /// nil is now.
  private let revision: Int?

  package init(names: [String], type: ComponentType?, hint tail: String, asOf revision: Int? = nil)
  {
    self.names = names
    self.type = type
    self.tail = tail
    self.revision = revision
  }

  /// - Throws: `StoreError.noSuchRevision` for an operation that is yet to come.
  package func answer(from store: StoreReader) throws -> FoundComponents {
    let state = try store.neighborhood(of: names, type: type, at: revision)
    return FoundComponents(
      state: state,
      hints: state.standingComponents.isEmpty ? try store.keys(containing: tail, limit: 5) : []
    )
  }
}
