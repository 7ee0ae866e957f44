internal import XML

extension ComponentType {
  package static let connectionRole: ComponentType = 63
}

extension ComponentKind {
  /// A role that records play in connections.
  package static let connectionRole = ComponentKind(
    .connectionRole,
    named: "ConnectionRole",
    title: "Connection role",
    at: ["ConnectionRoles/ConnectionRoles/ConnectionRole"],
    key: { element, _ in .guid(element.text(of: "connectionroleid")) },
    rootKey: .guid,
    isRooted: { _ in true },
    base: .marked(by: "IsCustomizable"),
    references: { component in
      var references = References()
      for code in component.definition.element.descendants("associatedobjecttypecode") {
        references.entity(code.text, via: "associatedobjecttypecode")
      }
      return references
    }
  )

  /// Two connection roles that may face each other.
  package static let connectionRoleAssociation = ComponentKind(
    .table("connectionroleassociation"),
    named: "connectionroleassociation",
    title: "Connection role pair",
    at: ["ConnectionRoles/ConnectionRoleAssociations/ConnectionRoleAssociation"],
    key: { element, _ in
      guard let role = Key.guid(element.text(of: "connectionroleid")),
        let other = Key.guid(element.text(of: "associatedconnectionroleid"))
      else { return nil }
      return .exact("\(role.key).\(other.key)")
    },
    managedProperties: [],
    references: { component in
      var references = References()
      for end in ["connectionroleid", "associatedconnectionroleid"] {
        if let text = component.definition.element.text(of: end), let guid = GUID(text) {
          references.add(ComponentID(.connectionRole, guid), .solutionInternal, via: end)
        }
      }
      return references
    }
  )
}
