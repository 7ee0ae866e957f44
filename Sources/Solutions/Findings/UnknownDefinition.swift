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
    "\(component) is taken to be present, and nobody has shown its definition; a first edit copies that"
  }

  package var remedies: [Remedy] { [.words("import a package that holds it first")] }
}
