package struct EditMalformed: FindingContent {
  package static let kind = FindingKind(
    "0x80048013",
    .error,
    .inferred("LY-305"),
    "An edit of the unmanaged layer is XML."
  )

  let component: NamedComponent
  let problem: String

  package var subject: Subject { .component(component) }

  package var text: Phrase { "the edit of \(component) is no XML: \(problem)" }

  package var remedies: [Remedy] { [.words("correct it")] }
}
