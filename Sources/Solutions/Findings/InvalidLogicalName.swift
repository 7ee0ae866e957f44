package struct InvalidLogicalName: FindingContent {
  package static let kind = FindingKind(
    "strata.logical-name",
    .error,
    .inferred("PF-420"),
    "Tables, columns and keys are named by at most 128 letters, digits and underscores."
  )

  let component: NamedComponent
  /// The table that a relationship names; nil where it is its own name.
  let named: String?

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    let rule = "not of letters, digits and underscores, or longer than \(LogicalName.lengthMax)"
    let title = component.title.lowercased()
    guard let named else { return "the \(title) has a name that is \(rule)" }
    return "the \(title) names the table “\(named)”, which is \(rule)"
  }

  package var remedies: [Remedy] { [.words("use the package as exported")] }
}
