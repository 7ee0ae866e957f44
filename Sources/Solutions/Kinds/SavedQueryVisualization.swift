internal import XML

extension ComponentType {
  package static let savedQueryVisualization: ComponentType = 59
}

extension ComponentKind {
  /// A chart of a table.
  package static let savedQueryVisualization = ComponentKind(
    .savedQueryVisualization,
    named: "SavedQueryVisualization",
    title: "Chart",
    at: ["Entities/Entity/Visualizations/visualization"],
    key: { element, _ in .guid(element.text(of: "savedqueryvisualizationid")) },
    rootKey: .guid,
    parent: .enclosing,
    publishing: .onDemand,
    impacts: .interface,
    base: .marked(by: "IsCustomizable"),
    references: { component in
      var references = References()
      let element = component.definition.element
      for fetch in element.descendants("fetch") { references.fetch(fetch) }
      references.webResource(element.text(of: "webresourcename"), via: "webresourcename")
      return references.except(component.parent)
    }
  )
}
