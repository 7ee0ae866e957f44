package struct NoSolutionComponent: FindingContent {
  package static let kind = FindingKind(
    "0x8004F018",
    .error,
    "LC-111",
    "Only components of kinds that packages can hold are added to a solution."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) is nothing that a solution can list" }
}
