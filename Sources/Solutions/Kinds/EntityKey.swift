internal import XML

extension ComponentType {
  package static let entityKey: ComponentType = 14
}

extension ComponentKind {
  /// An alternate key of a table.
  package static let entityKey = ComponentKind(
    .entityKey,
    named: "EntityKey",
    title: "Key",
    at: ["Entities/Entity/EntityInfo/entity/EntityKeys/EntityKey"],
    key: { element, table in
      Key.lowered(element.text(of: "LogicalName") ?? element.text(of: "Name"))?.under(table)
    },
    rootKey: .underTable,
    parent: .enclosing,
    physical: .key,
    impacts: Impacts(.data, [.metadata: ["@Name"], .label: ["@LocalizedName"]]),
    base: .marked(by: "IsCustomizable"),
    references: { component in
      var references = References()
      for attribute in component.definition.element.descendants("AttributeName") {
        references.attribute(component.parent?.key, attribute.text, via: "AttributeName")
      }
      return references
    },
    checks: [Checks.keyColumns, Checks.keyParts]
  )
}
