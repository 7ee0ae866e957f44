package struct NothingToRestore: FindingContent {
  package static let kind = FindingKind(
    "strata.nothing-to-restore",
    .error,
    .inferred("strata.trash"),
    "Values of the trash need the component that they belong to."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) is not there, so there is no place for its values" }

  package var remedies: [Remedy] {
    [
      .words("roll back the operation that dropped it"),
      .words("import a version that has it again"),
    ]
  }
}
