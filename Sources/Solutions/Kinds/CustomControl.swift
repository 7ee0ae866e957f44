internal import XML

extension ComponentType {
  package static let customControl: ComponentType = 66
}

extension ComponentKind {
  /// A code component; the files of its folder are its parts.
  package static let customControl = ComponentKind(
    .customControl,
    named: "CustomControl",
    title: "Custom control",
    at: ["CustomControls/CustomControl"],
    key: { element, _ in .named(element.text(of: "Name")) },
    isRooted: { _ in true },
    folder: .ofFile("Controls"),
    impacts: .interface,
    checks: [Checks.controlPrefix]
  )

  /// The control with which a table is shown.
  package static let customControlDefaultConfig = ComponentKind(
    68,
    named: "CustomControlDefaultConfig",
    title: "Control configuration",
    at: ["Entities/Entity/CustomControlDefaultConfigs/CustomControlDefaultConfig"],
    key: { element, table in
      .guid(element.text(of: "CustomControlDefaultConfigId"))
        ?? table.map { Key(key: $0.id.key, name: $0.name) }
    },
    rootKey: .guid,
    parent: .enclosing,
    impacts: .interface,
    references: { component in
      var references = References()
      references.form(component.definition.element, table: component.parent?.key)
      return references.except(component.parent)
    }
  )
}
