extension MergeBehavior {
  /// Areas, groups and subareas by their ids (layers.md §6).
  package static let siteMap = MergeBehavior(
    "siteMap",
    "layers merge element by element",
    isElementwise: true,
    needsBase: true,
    speaksBelow: { _ in true },
    fold: { layers in ElementFold(zones: ["SiteMap"]).definition(of: layers) }
  )
}
