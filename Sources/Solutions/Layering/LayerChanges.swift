extension LayerStack {
  /// For each layer, bottom first, what it says differently from the one below (LY-1402 "Updated"); where layers
  /// merge, what is otherwise in effect with it than without it and all above.
  package func updates(_ merge: MergeBehavior) -> [(
    layer: Layer, properties: [(path: String, before: String?, after: String?)]
  )] {
    layers.enumerated().map { index, layer in
      let below = index > 0 ? layers[index - 1] : nil
      guard let below, !below.isAssumed, !layer.isAssumed else { return (layer, []) }
      guard merge.isElementwise else {
        return (layer, Properties.changes(from: below.definition, to: layer.definition))
      }
      let (without, with) = (through(index - 1).effective(merge), through(index).effective(merge))
      return (layer, without == with ? [] : Properties.changes(from: without, to: with))
    }
  }
}
