package struct DuplicateComponent: FindingContent {
  package static let kind = FindingKind(
    "0x80071153",
    .error,
    "PF-902",
    "A package defines a component once."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase { "the \(component.title.lowercased()) is defined twice" }
}
