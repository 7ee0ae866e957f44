internal import XML

extension ComponentKind {
  /// A canvas app, component library or custom page; its document is carried, not read.
  package static let canvasApp = ComponentKind(
    300,
    "CanvasApp",
    "Canvas app",
    at: ["CanvasApps/CanvasApp"],
    key: { element, _ in .named(element.text(of: "Name")) },
    headline: ["CanvasAppType"],
    references: { component in
      var references = References()
      let element = component.definition.element
      let needs = Array((element.text(of: "CdsDependencies") ?? "").utf8)
      for name in jsonStrings("logicalname", in: needs) + jsonStrings("logicalName", in: needs) {
        references.entity(name, via: "CdsDependencies")
      }
      let sources = Array((element.text(of: "DatabaseReferences") ?? "").utf8)
      for name in jsonStrings("logicalName", in: sources) {
        references.entity(name, via: "DatabaseReferences")
      }
      return references.found
    }
  )
}
