internal import XML

extension ComponentType {
  package static let hierarchyRule: ComponentType = 65
}

extension ComponentKind {
  /// How a table's hierarchy is shown.
  package static let hierarchyRule = ComponentKind(
    .hierarchyRule,
    named: "HierarchyRule",
    title: "Hierarchy rule",
    at: ["Entities/Entity/HierarchyRules/HierarchyRule"],
    key: { element, _ in
      .guid(element.text(of: "HierarchyRuleID") ?? element.attribute("HierarchyRuleID"))
    },
    rootKey: .guid,
    parent: .enclosing,
    impacts: .interface
  )
}
