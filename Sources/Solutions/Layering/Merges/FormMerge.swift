extension MergeBehavior {
  /// Forms and dashboards: layout element by element, names and settings by the topmost layer that states them
  /// (LY-550).
  package static let form = MergeBehavior(
    "form",
    "layers merge element by element",
    elementwise: FoldRules(zones: ["form"], hasConflictsTab: true)
  )
}

extension MergeBehavior {
  /// Of kinds that travel as differences.
  convenience init(_ name: String, _ title: String, elementwise rules: FoldRules) {
    self.init(
      name,
      title,
      isElementwise: true,
      needsBase: true,
      rules: rules,
      speaksBelow: { _ in true },
      fold: { rules.fold($0) }
    )
  }
}
