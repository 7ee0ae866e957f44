internal import XML

extension ComponentType {
  package static let entityMap: ComponentType = 46
}

extension ComponentKind {
  /// Which columns of one table fill those of another when a record is made from a record (PF-506).
  package static let entityMap = ComponentKind(
    .entityMap,
    named: "EntityMap",
    title: "Table map",
    at: ["EntityMaps/EntityMap"],
    key: { element, _ in
      guard let source = element.text(of: "EntitySource"),
        let target = element.text(of: "EntityTarget")
      else { return nil }
      return .lowered("\(source).\(target)")
    },
    parent: .entity { $0.text(of: "EntityTarget") },
    managedProperties: [],
    hasActiveLayer: false,
    base: .platform { map in
      let element = map.definition.element
      return ["EntitySource", "EntityTarget"].allSatisfy { end in
        SystemBaseline.contains(.entity(element.text(of: end) ?? ""))
      }
    },
    references: { component in
      var references = References()
      references.entity(
        component.definition.element.text(of: "EntitySource"),
        via: "EntitySource"
      )
      return references
    }
  )
}
