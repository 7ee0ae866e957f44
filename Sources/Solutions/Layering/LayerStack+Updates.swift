extension LayerStack {
  /// For each layer, bottom first, what is otherwise in effect with it than without it and all above (LY-1402
  /// "Updated").
  package func updates(_ merge: MergeBehavior) -> [(
    layer: Layer, properties: [PropertyChanges.Change], children: [LayerChild]
  )] {
    var below: Document?
    return layers.enumerated().map { index, layer in
      guard !layer.isAssumed else { return (layer, [], []) }
      let now = through(index).effective(merge).document
      defer { below = now }
      let children = LayerChild.children(of: now, below: below)
      guard let below else { return (layer, [], children) }
      return (layer, PropertyChanges(from: below, to: now).list, children)
    }
  }
}
