internal import XML

extension ComponentType {
  package static let environmentVariableDefinition: ComponentType = 380
}

extension ComponentKind {
  /// An environment variable with its default (PF-623, PF-708).
  package static let environmentVariableDefinition = ComponentKind(
    .environmentVariableDefinition,
    named: "EnvironmentVariableDefinition",
    title: "Environment variable",
    at: ["EnvironmentVariables/Definition"],
    key: { element, _ in
      .named(
        element.attribute("schemaname") ?? element.attribute("SchemaName")
          ?? element.text(of: "SchemaName")
      )
    },
    headline: ["type", "Type", "defaultvalue", "DefaultValue"]
  )

  /// The current value of an environment variable that a package brings along (PF-709).
  package static let environmentVariableValue = ComponentKind(
    381,
    named: "EnvironmentVariableValue",
    title: "Environment variable value",
    key: { _, definition in definition.map { Key(key: $0.id.key, name: $0.name) } },
    parent: .enclosing
  )
}
