internal import XML

extension ComponentType {
  package static let attributeMap: ComponentType = 47
}

extension ComponentKind {
  /// One pair of columns of a table map.
  package static let attributeMap = ComponentKind(
    .attributeMap,
    named: "AttributeMap",
    title: "Column map",
    at: ["EntityMaps/EntityMap/AttributeMaps/AttributeMap"],
    key: { element, map in
      guard let source = element.text(of: "AttributeSource"),
        let target = element.text(of: "AttributeTarget")
      else { return nil }
      return Key.lowered("\(source).\(target)")?.under(map)
    },
    parent: .enclosing,
    managedProperties: [],
    hasActiveLayer: false,
    references: { component in
      var references = References()
      let tables = (component.parent?.key ?? "").split(separator: ".").map(String.init)
      guard tables.count == 2 else { return references }
      let element = component.definition.element
      references.attribute(tables[0], element.text(of: "AttributeSource"), via: "AttributeSource")
      references.attribute(tables[1], element.text(of: "AttributeTarget"), via: "AttributeTarget")
      return references
    }
  )
}
