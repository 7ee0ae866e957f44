/// Tables, columns and keys are named by letters, digits and underscores.
package struct InvalidLogicalName: FindingContent {
  package static let kind = FindingKind("strata.logical-name", .error, .inferred("PF-420"))

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "the \(component.title.lowercased()) has a name that is not of letters, digits and underscores"
  }

  package var remedies: [Remedy] { [.words("use the package as exported")] }
}
