extension MergeBehavior {
  /// Lists of components and roles as sets, everything else by the topmost layer that states it (LY-803).
  package static let app = MergeBehavior(
    "app",
    "layers merge as sets",
    elementwise: FoldRules(zones: ["AppModuleComponents"])
  )
}
