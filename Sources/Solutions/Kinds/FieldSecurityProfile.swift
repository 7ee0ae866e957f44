internal import XML

extension ComponentType {
  package static let fieldSecurityProfile: ComponentType = 70
  package static let fieldPermission: ComponentType = 71
}

extension ComponentKind {
  /// A column security profile.
  package static let fieldSecurityProfile = ComponentKind(
    .fieldSecurityProfile,
    named: "FieldSecurityProfile",
    title: "Column security profile",
    at: ["FieldSecurityProfiles/FieldSecurityProfile"],
    key: { element, _ in .guid(element.attribute("fieldsecurityprofileid")) },
    rootKey: .guid,
    isRooted: { _ in true },
    impacts: .access
  )

  /// What a profile allows on one column.
  package static let fieldPermission = ComponentKind(
    .fieldPermission,
    named: "FieldPermission",
    title: "Column permission",
    at: ["FieldSecurityProfiles/FieldSecurityProfile/FieldPermissions/FieldPermission"],
    key: { element, profile in
      guard let entity = element.text(of: "EntityName"),
        let attribute = element.text(of: "AttributeName")
      else { return nil }
      return Key.lowered("\(entity).\(attribute)")?.under(profile)
    },
    parent: .enclosing,
    impacts: .access,
    managedProperties: [],
    references: { component in
      var references = References()
      let element = component.definition.element
      references.attribute(
        element.text(of: "EntityName"),
        element.text(of: "AttributeName"),
        via: "AttributeName"
      )
      return references
    }
  )
}
