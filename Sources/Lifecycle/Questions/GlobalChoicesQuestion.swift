package import SolutionStore
package import Solutions

/// Choices that several columns share, as they are in effect; by name.
package struct GlobalChoicesQuestion: Question {
  package init() {}

  package func answer(from store: StoreReader) throws -> [TableModel.Stated] {
    let ids = try store.names().filter { $0.type == .optionSet }
    let state = try store.part(Set(ids))
    return ids.compactMap { state.stated($0, kinds: store.kinds) }
  }
}
