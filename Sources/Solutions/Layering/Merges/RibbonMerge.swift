extension MergeBehavior {
  private static let ribbonRules = FoldRules(
    wholes: [
      "CustomAction", "HideCustomAction", "CommandDefinition", "TabDisplayRule", "DisplayRule",
      "EnableRule", "GroupTemplate", "LocLabel",
    ],
    isAlwaysAdditive: true
  )

  /// The union of all layers by id; of one id the highest layer's element, whole (LY-702).
  package static let ribbon = MergeBehavior(
    "ribbon",
    "layers merge by id",
    isElementwise: true,
    rules: ribbonRules,
    speaksBelow: { _ in true },
    fold: { ribbonRules.fold($0) }
  )
}
