package struct MissingPrefix: FindingContent {
  package static let kind = FindingKind(
    "0x80048062",
    .error,
    "LC-103",
    "A custom column has a prefix in its name."
  )

  let column: NamedComponent
  /// Without its table.
  let name: String

  package var subject: Subject { .component(column) }

  package var text: Phrase { "the custom column “\(name)” has no prefix in its name" }
}
