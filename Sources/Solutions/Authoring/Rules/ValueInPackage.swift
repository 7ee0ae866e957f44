/// The current value of an environment variable that travels with the package.
package struct ValueInPackage: AuthoringRule {
  package static let kind = FindingKind(
    "strata.value-in-package",
    .warning,
    "CK-402",
    "The value of an environment variable belongs to an environment: in a package it becomes everybody's, and a managed one cannot be changed where it was installed but by another layer."
  )
  package static let source = "maker/environmentvariables"

  let variable: NamedComponent

  package var subject: Subject { .component(variable) }

  package var text: Phrase { "the current value of \(variable) is in the package" }

  package var remedies: [Remedy] {
    [
      .words(
        "remove the value from the solution before it is exported, and give it in a settings file when it is imported"
      )
    ]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    package.package.components.filter { $0.id.type == ComponentKind.environmentVariableValue.type }
      .map { value in
        let variable = ComponentID(.environmentVariableDefinition, value.id.key)
        return Finding(
          ValueInPackage(variable: package.named(variable, as: value.name)),
          at: value.location
        )
      }
  }
}
