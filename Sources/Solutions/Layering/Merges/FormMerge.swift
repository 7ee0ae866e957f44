extension MergeBehavior {
  /// Forms and dashboards: layout element by element, names and settings by the topmost layer that states them
  /// (layers.md §5).
  package static let form = MergeBehavior(
    "form",
    "layers merge element by element",
    isElementwise: true,
    needsBase: true,
    speaksBelow: { _ in true },
    fold: { layers in ElementFold(zones: ["form"], hasConflictsTab: true).definition(of: layers) }
  )
}
