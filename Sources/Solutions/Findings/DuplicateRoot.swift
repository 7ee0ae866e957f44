package struct DuplicateRoot: FindingContent {
  package static let kind = FindingKind(
    "0x80071153",
    .error,
    "LC-359",
    "A package lists a root component once."
  )

  let root: NamedComponent

  package var subject: Subject { .component(root) }

  package var text: Phrase { "the root component is listed twice" }
}
