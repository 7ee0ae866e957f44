internal import XML

extension ComponentKind {
  /// How an image column stores (PF-612); addressed as table, a space, column.
  package static let attributeImageConfiguration = ComponentKind(
    431,
    named: "AttributeImageConfiguration",
    title: "Image column configuration",
    at: ["AttributeImageConfigs/AttributeImageConfig"],
    key: { element, _ in
      guard let entity = element.text(of: "parententitylogicalname"),
        let attribute = element.text(of: "attributelogicalname")
      else { return nil }
      return .lowered("\(entity) \(attribute)")
    },
    isRooted: { _ in true },
    parent: .entity { $0.text(of: "parententitylogicalname") },
    impacts: .interface,
    managedProperties: [],
    references: { component in
      var references = References()
      let element = component.definition.element
      references.attribute(
        element.text(of: "parententitylogicalname"),
        element.text(of: "attributelogicalname"),
        via: "attributelogicalname"
      )
      return references
    }
  )

  /// Which image stands for a table's records.
  package static let entityImageConfiguration = ComponentKind(
    432,
    named: "EntityImageConfiguration",
    title: "Table image configuration",
    at: ["EntityImageConfigs/EntityImageConfig"],
    key: { element, _ in .lowered(element.text(of: "parententitylogicalname")) },
    isRooted: { _ in true },
    parent: .entity { $0.text(of: "parententitylogicalname") },
    impacts: .interface,
    managedProperties: [],
    references: { component in
      var references = References()
      let element = component.definition.element
      references.attribute(
        element.text(of: "parententitylogicalname"),
        element.text(of: "primaryimageattribute"),
        via: "primaryimageattribute"
      )
      return references
    }
  )
}
