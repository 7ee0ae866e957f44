internal import XML

extension ComponentKind {
  /// A service level agreement with its items.
  package static let sla = ComponentKind(
    152,
    named: "SLA",
    title: "SLA",
    at: ["Slas/Sla"],
    key: { element, _ in .guid(element.attribute("SLAId")) },
    rootKey: .guid,
    isRooted: { _ in true },
    references: { component in
      var references = References()
      references.entity(
        component.definition.element.attribute("PrimaryEntityLogicalName"),
        via: "PrimaryEntityLogicalName"
      )
      return references
    }
  )
}
