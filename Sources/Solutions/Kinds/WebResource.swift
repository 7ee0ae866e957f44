internal import XML

extension ComponentType {
  package static let webResource: ComponentType = 61
}

extension ComponentKind {
  /// A script, page or image (PF-606).
  ///
  /// What scripts name is not read.
  package static let webResource = ComponentKind(
    .webResource,
    named: "WebResource",
    title: "Web resource",
    at: ["WebResources/WebResource"],
    key: { element, _ in .exact(element.text(of: "Name")) },
    rootKey: .exact,
    isRooted: { _ in true },
    folder: .named("WebResources"),
    publishing: .onDemand,
    headline: ["WebResourceType"],
    impacts: Impacts(.behavior) { component in
      // Pages run scripts of their own; data and texts are read by either.
      let acts = ["1", "3", "4", "8", "9"]
      let isActing = acts.contains(component.definition.element.text(of: "WebResourceType") ?? "")
      return isActing ? acting : shown
    },
    // Apps name their icons by id.
    alias: { ComponentID(.webResource, guid: $0.definition.element.text(of: "WebResourceId")) },
    base: .marked(by: "IsCustomizable"),
    references: { component in
      var references = References()
      references.dependencyXML(component.definition.element.text(of: "DependencyXml"))
      return references.except(component.id)
    }
  )

  private static let acting = Impacts(.behavior, named)
  private static let shown = Impacts(.interface, named)
  private static let named: [Impact: [String]] = [
    .label: ["DisplayName", "Description"], .metadata: ["LanguageCode", "WebResourceId"],
  ]
}
