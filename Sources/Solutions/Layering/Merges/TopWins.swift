extension MergeBehavior {
  /// The topmost layer is in effect (LY-301), with labels in languages that it does not carry from below (LY-401).
  package static let topWins = MergeBehavior(
    "topWins",
    "top layer wins",
    isTopAlone: { $0.carriesAllLanguages },
    fold: { layers in
      layers.enumerated().dropFirst().reduce(Document(layers[0].definition)) { below, layer in
        var document = Document(layer.element.definition, as: Origin(layer.offset))
        document.root.keepLabels(of: below.root)
        return document.tracing(below)
      }
    }
  )
}
