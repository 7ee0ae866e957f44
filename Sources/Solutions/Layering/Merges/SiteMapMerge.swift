extension MergeBehavior {
  /// Areas, groups and subareas by their ids (LY-650).
  package static let siteMap = MergeBehavior(
    "siteMap",
    "layers merge element by element",
    elementwise: FoldRules(zones: ["SiteMap"])
  )
}
