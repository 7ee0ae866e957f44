package import SolutionStore
package import Solutions

/// The files of some components as they are in effect, by component; one without a file has none.
package struct ContentsQuestion: Question {
  private let ids: Set<ComponentID>

  package init(of ids: Set<ComponentID>) { self.ids = ids }

  /// - Throws: `StoreError.damaged` where one is in none of the packages that are kept.
  package func answer(from store: StoreReader) throws -> [ComponentID: [UInt8]] {
    let state = try store.part(ids)
    var found: [ComponentID: [UInt8]] = [:]
    let tops = Dictionary(grouping: ids.sorted()) { state.stacks[$0]?.top.solution }
    for (solution, ids) in tops {
      guard let solution else { continue }
      let parts = ids.compactMap { id in
        let merge = store.kinds[id.type].merge
        return state.stacks[id]?.effective(merge).definition.parts.first.map { (id, $0) }
      }
      let sources = try store.keptArchives(of: solution).map(\.bytes)
      let contents = try store.contents(of: parts.map(\.1), in: sources, of: solution)
      for (id, part) in parts { found[id] = contents[part.path] }
    }
    return found
  }
}
