internal import Hashing

extension InstalledState {
  /// What the state is, whatever led to it and wherever it lies: equal for the same solutions, memberships, layers,
  /// drafts and settings.
  ///
  /// Ids of rows, the environment, its revision and the places in packages are no part of it; nor are publishers that
  /// no solution uses. Of blocks only the order counts. What compares as equal has equal bytes: names without regard
  /// to case, versions by their numbers.
  package var fingerprint: String {
    let blocks = BlockOrder(of: self)
    var hasher = FieldHasher("strata.state.2")
    let used = Set(solutions.values.map(\.publisher))
    for (name, publisher) in publishers.sorted(by: { $0.key < $1.key }) where used.contains(name) {
      hasher.add("publisher")
      hasher.add(publisher)
    }
    for (_, solution) in solutions.sorted(by: { $0.key < $1.key }) {
      hasher.add("solution")
      hasher.add(solution) { blocks[$0] }
    }
    for (_, stack) in stacks.sorted(by: { $0.key < $1.key }) {
      for layer in stack.layers {
        hasher.add("layer")
        hasher.add(layer) { blocks[$0] }
      }
    }
    for (_, draft) in drafts.sorted(by: { $0.key < $1.key }) {
      hasher.add("draft")
      hasher.add(draft) { blocks[$0] }
    }
    for (id, setting) in settings.sorted(by: { $0.key < $1.key }) {
      hasher.add("setting")
      hasher.add(id)
      hasher.add(setting)
    }
    if blocksUnmanaged { hasher.add("blocks unmanaged") }
    if let facts {
      hasher.add("facts")
      hasher.add(FactsText.bytes(facts.facts))
    }
    return hasher.finish().description
  }
}

/// First installations are counted, and what was uninstalled leaves gaps: the place among those in use.
private struct BlockOrder {
  private let places: [Int: Int]

  init(of state: InstalledState) {
    var used = Set(state.solutions.values.map(\.block))
    for layer in state.stacks.values.lazy.flatMap(\.layers) {
      guard case .managed(let block, let guest, _) = layer.rank else { continue }
      used.insert(block)
      if guest != 0 { used.insert(guest) }
    }
    places = Dictionary(uniqueKeysWithValues: zip(used.sorted(), 1...))
  }

  subscript(_ block: Int) -> Int { places[block] ?? 0 }
}
