extension LayerStack {
  /// What is in effect: the fold of the stack (LY-1404 f).
  ///
  /// Where a single layer speaks, this is its definition itself.
  package func effective(_ merge: MergeBehavior) -> Definition {
    let speaking = speaking(merge)
    return speaking.count > 1 ? merge.fold(speaking) : speaking.first?.definition ?? top.definition
  }

  /// Whether a layer has a say in what is in effect.
  package func isActive(_ layer: Layer, _ merge: MergeBehavior) -> Bool {
    if layer == top { return !layer.isAssumed || layers.count == 1 }
    return speaking(merge).contains(layer) && merge.speaksBelow(layer.definition)
  }

  /// Whether what is in effect is known whole, and not by differences to a base that nobody has shown.
  package func isBaseKnown(_ merge: MergeBehavior) -> Bool {
    guard merge.needsBase else { return true }
    let known = layers.filter { !$0.isAssumed }
    return known.isEmpty || known.contains { !$0.definition.isDifference }
  }

  /// Layers that can have a say, bottom first: what is known and, where elements merge, of a solution with a pending
  /// upgrade only that one: it takes the place of all below it in its block (LY-106).
  private func speaking(_ merge: MergeBehavior) -> [Layer] {
    guard layers.count > 1 else { return layers }
    guard merge.isElementwise else { return layers.filter { !$0.isAssumed } }
    let pending = Set(layers.compactMap { $0.rank.block(at: .holding) })
    return layers.filter { layer in
      guard !layer.isAssumed else { return false }
      return layer.rank.block(at: .holding) != nil || layer.rank.block.map(pending.contains) != true
    }
  }
}

extension LayerRank {
  /// Blocks are told apart by both numbers.
  fileprivate struct Block: Hashable {
    let block: Int
    let guest: Int
  }

  fileprivate var block: Block? {
    guard case .managed(let block, let guest, _) = self else { return nil }
    return Block(block: block, guest: guest)
  }

  fileprivate func block(at wanted: Place) -> Block? {
    guard case .managed(_, _, wanted) = self else { return nil }
    return block
  }
}
