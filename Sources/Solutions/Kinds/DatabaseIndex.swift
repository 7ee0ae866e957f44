internal import XML

extension ComponentKind {
  /// A database index of a table.
  package static let index = ComponentKind(
    18,
    named: "Index",
    title: "Index",
    at: ["Entities/Entity/indexes/index"],
    key: { element, table in Key.lowered(element.attribute("Name"))?.under(table) },
    parent: .enclosing
  )
}
