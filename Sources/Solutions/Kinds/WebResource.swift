internal import XML

extension ComponentKind {
  /// A script, page or image (PF-606).
  ///
  /// What scripts name is not tracked (dependencies.md §5).
  package static let webResource = ComponentKind(
    61,
    "WebResource",
    "Web resource",
    at: ["WebResources/WebResource"],
    key: { element, _ in .exact(element.text(of: "Name")) },
    publishing: .onDemand,
    headline: ["WebResourceType"],
    // Apps name their icons by id.
    alias: { $0.definition.element.text(of: "WebResourceId").flatMap { GUID($0) }?.description },
    base: .marked(by: "IsCustomizable")
  )
}
