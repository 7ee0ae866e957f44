package struct UnknownDefinition: FindingContent {
  package static let kind = FindingKind(
    "strata.unknown-definition",
    .error,
    .inferred("LY-305"),
    "A first edit copies the definition in effect, which has to be known."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(component) is assumed to be present, and its definition is not known; a first edit copies the definition"
  }

  package var remedies: [Remedy] { [.words("import a package that holds it first")] }
}
