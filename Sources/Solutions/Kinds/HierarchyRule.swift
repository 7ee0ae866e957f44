internal import XML

extension ComponentKind {
  /// How a table's hierarchy is shown.
  package static let hierarchyRule = ComponentKind(
    65,
    "HierarchyRule",
    "Hierarchy rule",
    at: ["Entities/Entity/HierarchyRules/HierarchyRule"],
    key: { element, _ in
      .guid(element.text(of: "HierarchyRuleID") ?? element.attribute("HierarchyRuleID"))
    },
    parent: .enclosing
  )
}
