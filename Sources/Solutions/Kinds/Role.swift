internal import XML

extension ComponentKind {
  /// A security role; its list of privileges belongs to its definition (layers.md §10.1).
  package static let role = ComponentKind(
    20,
    "Role",
    "Security role",
    at: ["Roles/Role"],
    key: { element, _ in .guid(element.attribute("id")) },
    base: .marked(by: "IsCustomizable")
  )
}
