internal import XML

extension ComponentKind {
  /// Where virtual tables read from.
  package static let entityDataSource = ComponentKind(
    183,
    "EntityDataSource",
    "Data source",
    at: ["EntityDataSources/EntityDataSource"],
    key: { element, _ in .guid(element.attribute("EntityDataSourceId")) }
  )
}
