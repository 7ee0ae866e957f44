internal import XML

extension ComponentType {
  package static let ribbonCustomization: ComponentType = 50
  package static let ribbonDiff: ComponentType = 55
}

extension ComponentKind {
  /// The application ribbon.
  package static let ribbonCustomization = ComponentKind(
    .ribbonCustomization,
    named: "RibbonCustomization",
    title: "Application ribbon",
    at: ["RibbonDiffXml"],
    key: { _, _ in .named(":RibbonDiffXml") },
    merge: .ribbon,
    publishing: .onDemand,
    impacts: ribbonImpacts,
    managedProperties: [],
    mayLackContent: true,
    mention: { $0.element.isEmptyRibbon ? .nothing : .definition },
    base: .implied,
    references: { ribbonReferences($0) },
    checks: [Checks.ribbonIDs]
  )

  /// A table's ribbon.
  package static let ribbonDiff = ComponentKind(
    .ribbonDiff,
    named: "RibbonDiff",
    title: "Ribbon",
    at: ["Entities/Entity/RibbonDiffXml"],
    key: { _, table in table.map { Key(key: $0.id.key, name: $0.name) } },
    parent: .enclosing,
    merge: .ribbon,
    publishing: .onDemand,
    impacts: ribbonImpacts,
    managedProperties: [],
    mayLackContent: true,
    mention: { $0.element.isEmptyRibbon ? .nothing : .definition },
    base: .implied,
    references: { ribbonReferences($0) },
    checks: [Checks.ribbonIDs]
  )
}

/// Commands and rules act; what shows them stands somewhere.
private let ribbonImpacts = Impacts(
  .interface,
  [
    .behavior: ["CommandDefinitions", "RibbonDiffXml/CommandDefinitions"],
    .label: ["LocLabels", "RibbonDiffXml/LocLabels"],
  ]
)

extension XMLElement {
  /// The skeleton that every export writes: a difference that says nothing (PF-452).
  fileprivate var isEmptyRibbon: Bool {
    let sections = ["CustomActions", "CommandDefinitions", "LocLabels"].compactMap { child($0) }
    let rules = child("RuleDefinitions").map { Array($0.children) } ?? []
    return (sections + rules + descendants("RibbonTemplates")).allSatisfy { !$0.hasChildren }
  }
}

/// Web resources, only by directive (DP-501).
private func ribbonReferences(_ component: Component) -> References {
  var references = References()
  for element in component.definition.element.descendants {
    for attribute in element.attributes {
      references.webResourceDirective(
        attribute.value,
        via: "ribbon/\(element.name)@\(attribute.name)"
      )
    }
  }
  return references
}
