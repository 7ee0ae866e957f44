extension MergeBehavior {
  /// Lists of components and roles as sets, everything else by the topmost layer that states it (LY-803).
  package static let app = MergeBehavior(
    "app",
    "layers merge as sets",
    isElementwise: true,
    needsBase: true,
    speaksBelow: { _ in true },
    fold: { layers in
      ElementFold(zones: ["AppModuleComponents"]).definition(of: layers)
    }
  )
}
