package struct NothingToRemove: FindingContent {
  package static let kind = FindingKind(
    "strata.nothing-to-remove",
    .info,
    .inferred("strata.description"),
    "What is to be removed is called by its kind and name, or by its id."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase { "the environment has no \(component); nothing is removed for it" }

  package var remedies: [Remedy] {
    [.words("where it is called otherwise, name it by its kind and name, or by its id")]
  }
}
