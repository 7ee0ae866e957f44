internal import XML

extension ComponentType {
  package static let entityDataSource: ComponentType = 183
}

extension ComponentKind {
  /// Where virtual tables read from.
  package static let entityDataSource = ComponentKind(
    .entityDataSource,
    named: "EntityDataSource",
    title: "Data source",
    at: ["EntityDataSources/EntityDataSource"],
    key: { element, _ in .guid(element.attribute("EntityDataSourceId")) },
    rootKey: .guid,
    impacts: Impacts(.data)
  )
}
