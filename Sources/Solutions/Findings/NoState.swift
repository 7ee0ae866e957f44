package struct NoState: FindingContent {
  package static let kind = FindingKind(
    "strata.no-state",
    .error,
    .inferred("LC-601"),
    "Only steps and processes are on or off."
  )

  let component: NamedComponent
  /// Titles of kinds that have a state, in small letters, sorted.
  let switchable: [String]

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) is neither on nor off" }

  package var remedies: [Remedy] {
    [.words("name one of these: \(switchable.joined(separator: ", "))")]
  }
}
