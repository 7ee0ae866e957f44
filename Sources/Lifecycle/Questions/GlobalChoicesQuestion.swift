package import SolutionStore
package import Solutions

/// Choices that several columns share, as they are in effect; by name.
package struct GlobalChoicesQuestion: Question {
  package init() {}

  package func answer(from store: StoreReader) throws -> [TableModel.Stated] {
    let (ids, state) = try KindQuestion(.optionSet).answer(from: store)
    return ids.compactMap { state.stated($0, kinds: store.kinds) }
  }
}
