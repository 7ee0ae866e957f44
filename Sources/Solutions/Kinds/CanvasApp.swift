internal import XML

extension ComponentType {
  package static let canvasApp: ComponentType = 300
}

extension ComponentKind {
  /// A canvas app, component library or custom page; its document is carried, not read.
  package static let canvasApp = ComponentKind(
    .canvasApp,
    named: "CanvasApp",
    title: "Canvas app",
    at: ["CanvasApps/CanvasApp"],
    key: { element, _ in .named(element.text(of: "Name")) },
    isRooted: { _ in true },
    folder: .startOfName("CanvasApps"),
    headline: ["CanvasAppType"],
    impacts: .interface,
    namesInText: true,
    references: { component in
      var references = References()
      let element = component.definition.element
      references.cdsDependencies(element.text(of: "CdsDependencies"))
      references.databaseReferences(element.text(of: "DatabaseReferences"))
      references.connectionReferences(
        element.text(of: "ConnectionReferences"),
        via: "ConnectionReferences"
      )
      return references.except(component.id)
    }
  )
}
