extension MergeBehavior {
  /// The union of all layers by id; of one id the highest layer's element, whole (LY-702).
  package static let ribbon = MergeBehavior(
    "ribbon",
    "layers merge by id",
    isElementwise: true,
    speaksBelow: { _ in true },
    fold: { layers in
      ElementFold(
        wholes: [
          "CustomAction", "HideCustomAction", "CommandDefinition", "TabDisplayRule", "DisplayRule",
          "EnableRule", "GroupTemplate", "LocLabel",
        ],
        isAlwaysAdditive: true
      ).definition(of: layers)
    }
  )
}
