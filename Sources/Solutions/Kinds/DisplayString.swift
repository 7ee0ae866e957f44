internal import XML

extension ComponentKind {
  /// A message text that a table overrides.
  package static let displayString = ComponentKind(
    22,
    named: "DisplayString",
    title: "Display string",
    at: ["Entities/Entity/Strings/Strings"],
    key: { element, table in Key.named(element.attribute("ResourceKey"))?.under(table) },
    parent: .enclosing,
    impacts: Impacts(.label)
  )
}
