internal import XML

extension ComponentType {
  package static let role: ComponentType = 20
}

extension ComponentKind {
  /// A security role; its list of privileges belongs to its definition (LY-1050).
  package static let role = ComponentKind(
    .role,
    named: "Role",
    title: "Security role",
    at: ["Roles/Role"],
    key: { element, _ in .guid(element.attribute("id")) },
    rootKey: .guid,
    isRooted: { _ in true },
    impacts: Impacts(.access, [.label: ["@name"]]),
    base: .marked(by: "IsCustomizable"),
    // Privileges vanish with their table (DP-501): it is told, and nothing is blocked.
    references: { component in
      var references = References()
      for privilege in component.definition.element.descendants("RolePrivilege") {
        guard let table = privilege.attribute("name").flatMap({ privilegedTable($0) }) else {
          continue
        }
        references.add(.entity(table), .untracked, via: "RolePrivilege")
      }
      return references
    }
  )
}

/// The custom table that a privilege is on: `prvAppendTosmp_Thing` (PF-601); nil for those of the platform.
func privilegedTable(_ privilege: String) -> String? {
  let verbs = ["AppendTo", "Append", "Assign", "Create", "Delete", "Read", "Share", "Write"]
  guard privilege.hasPrefix("prv"),
    let verb = verbs.first(where: { privilege.dropFirst(3).hasPrefix($0) })
  else { return nil }
  let table = privilege.dropFirst(3 + verb.count)
  return table.contains("_") ? String(table) : nil
}
