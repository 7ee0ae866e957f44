extension LayerStack {
  /// For each layer, bottom first, what it says differently from the one below (LY-1402 "Updated").
  package func updates() -> [(
    layer: Layer, properties: [(path: String, before: String?, after: String?)]
  )] {
    layers.enumerated().map { index, layer in
      let below = index > 0 ? layers[index - 1] : nil
      guard let below, !below.isAssumed, !layer.isAssumed else { return (layer, []) }
      return (layer, Properties.changes(from: below.definition, to: layer.definition))
    }
  }
}
