internal import XML

extension ComponentType {
  package static let entityRelationship: ComponentType = 10
}

extension ComponentKind {
  /// A relationship between two tables; a one-to-many one is a part of the table that refers (PF-505), a
  /// many-to-many one of neither: who wants to delete a table has to drop it first (DP-440).
  package static let entityRelationship = ComponentKind(
    .entityRelationship,
    named: "EntityRelationship",
    title: "Relationship",
    at: ["EntityRelationships/EntityRelationship"],
    key: { element, _ in .named(element.attribute("Name")) },
    parent: .entity { $0.text(of: "ReferencingEntityName") },
    physical: .relationship,
    headline: [
      "EntityRelationshipType", "ReferencingEntityName", "ReferencedEntityName", "CascadeDelete",
    ],
    impacts: Impacts(
      .data,
      others: .behavior,
      [
        .data: [
          "EntityRelationshipType", "ReferencingEntityName", "ReferencedEntityName",
          "ReferencingAttributeName", "FirstEntityName", "SecondEntityName", "IntersectEntityName",
        ],
        .interface: ["EntityRelationshipRoles", "IsHierarchical"],
        .metadata: ["@Name"],
      ]
    ),
    // Queries link through the table of its pairs (PF-503).
    alias: { component in IntersectNames(component).map { .entity($0.table) } },
    base: .marked(by: "IsCustomizable"),
    wholes: { component in
      let element = component.definition.element
      // Custom columns have a prefix; a lookup without one, from or to a table of the platform, the platform made with
      // the table (createdby, ownerid, regardingobjectid …).
      guard let column = element.text(of: "ReferencingAttributeName"), !column.isEmpty,
        !column.contains("_")
      else { return [] }
      let ends = ["ReferencingEntityName", "ReferencedEntityName"].compactMap {
        element.text(of: $0).map { ComponentID.entity($0) }
      }
      return ends.contains { SystemBaseline.contains($0) } ? ends : []
    },
    lead: { component in
      let element = component.definition.element
      guard let referencing = element.text(of: "ReferencingEntityName"),
        let lookup = element.text(of: "ReferencingAttributeName"),
        let referenced = element.text(of: "ReferencedEntityName")
      else { return nil }
      return ("\(referencing).\(lookup)", referenced)
    },
    references: { component in
      var references = References()
      let element = component.definition.element
      let referencing = element.text(of: "ReferencingEntityName")
      references.entity(element.text(of: "ReferencedEntityName"), via: "ReferencedEntityName")
      references.attribute(
        referencing,
        element.text(of: "ReferencingAttributeName"),
        via: "ReferencingAttributeName"
      )
      for end in ["FirstEntityName", "SecondEntityName"] {
        references.entity(element.text(of: end), via: end)
      }
      return references
    },
    checks: [Checks.redirection]
  )
}
