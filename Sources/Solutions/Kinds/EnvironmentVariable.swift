internal import XML

extension ComponentKind {
  /// An environment variable with its default (PF-623, PF-708).
  package static let environmentVariableDefinition = ComponentKind(
    380,
    "EnvironmentVariableDefinition",
    "Environment variable",
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
    "EnvironmentVariableValue",
    "Environment variable value",
    at: [],
    key: { _, definition in definition.map { Key(key: $0.id.key, name: $0.name) } },
    parent: .enclosing
  )
}
