extension MergeBehavior {
  /// The topmost layer is in effect, whole (LY-301, LY-303).
  package static let topWins = MergeBehavior("topWins", "top layer wins") { layers in
    layers[layers.count - 1].definition
  }
}
