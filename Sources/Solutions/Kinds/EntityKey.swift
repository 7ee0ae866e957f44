internal import XML

extension ComponentKind {
  /// An alternate key of a table.
  package static let entityKey = ComponentKind(
    14,
    "EntityKey",
    "Key",
    at: ["Entities/Entity/EntityInfo/entity/EntityKeys/EntityKey"],
    key: { element, table in
      Key.lowered(element.text(of: "LogicalName") ?? element.text(of: "Name"))?.under(table)
    },
    parent: .enclosing,
    physical: .key,
    base: .marked(by: "IsCustomizable"),
    references: { component in
      var references = References()
      for attribute in component.definition.element.descendants("AttributeName") {
        references.attribute(component.parent?.key, attribute.text, via: "AttributeName")
      }
      return references
    }
  ).checked(by: Checks.keyColumns)
}
