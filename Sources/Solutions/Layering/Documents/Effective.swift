/// What is in effect of a component.
package enum Effective: Sendable {
  /// One layer alone decides: no tree is made.
  case stated(Definition)
  /// Several do; where the result is beyond the limits of reading, what the top says stands for it.
  case merged(Document, top: Definition)

  package var document: Document {
    switch self {
    case .stated(let definition): Document(definition)
    case .merged(let document, _): document
    }
  }

  /// As a definition with its hash; written and read again where several layers decide.
  package var definition: Definition {
    switch self {
    case .stated(let definition): return definition
    case .merged(let document, let top):
      do {
        return try Definition(document, parts: document.parts.map(\.part))
      } catch {
        return top
      }
    }
  }
}

extension Effective: Equatable {
  package static func == (left: Effective, right: Effective) -> Bool {
    switch (left, right) {
    case (.stated(let one), .stated(let other)): one == other
    default: left.document == right.document
    }
  }
}

extension LayerStack {
  /// What is in effect: the fold of the stack (LY-1404 f).
  package func effective(_ merge: MergeBehavior) -> Effective {
    let speaking = speaking(merge)
    guard speaking.count > 1 else {
      return .stated(speaking.first?.definition ?? top.definition)
    }
    let highest = speaking[speaking.count - 1].definition
    if merge.isTopEnough(self, speaking) { return .stated(highest) }
    return .merged(merge.folded(self, speaking), top: highest)
  }

  /// The same as a tree in which each piece knows the layer that it is from: of `layers`, by number.
  package func traced(_ merge: MergeBehavior) -> (document: Document, layers: [Layer]) {
    let speaking = speaking(merge)
    return speaking.isEmpty
      ? (Document(top.definition), [top]) : (merge.folded(self, speaking), speaking)
  }

  /// Whether a layer has a say in what is in effect.
  package func isActive(_ layer: Layer, _ merge: MergeBehavior) -> Bool {
    if layer == top { return !layer.isAssumed || layers.count == 1 }
    return speaking(merge).contains(layer) && merge.speaksBelow(layer.definition)
  }

  /// Whether what is in effect is known whole, and not by differences to a base that nobody has shown.
  package func isBaseKnown(_ merge: MergeBehavior) -> Bool {
    if hasOpaque { return !merge.isElementwise && !top.isOpaque }
    guard merge.needsBase else { return true }
    let known = layers.filter { !$0.isAssumed }
    return known.isEmpty || known.contains { !$0.definition.isDifference }
  }

  /// Layers that can have a say, bottom first: what is known and, unless layers are united, of a solution with a
  /// pending upgrade only that one: it takes the place of all below it in its block (LY-106).
  private func speaking(_ merge: MergeBehavior) -> [Layer] {
    guard layers.count > 1 else { return layers }
    guard !merge.isUnion else { return layers.filter { !$0.isAssumed } }
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
