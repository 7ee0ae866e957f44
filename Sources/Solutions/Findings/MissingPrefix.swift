package struct MissingPrefix: FindingContent {
  package static let kind = FindingKind(
    "0x80048062",
    .error,
    "LC-103",
    "What is made has a publisher's prefix in its name."
  )

  let component: NamedComponent
  /// Without its table.
  let name: String

  package var subject: Subject { .component(component) }

  package var text: Phrase { "“\(name)” has no publisher's prefix in its name" }

  package var remedies: [Remedy] {
    [.words("call it new_\(name.drop { $0 == "_" }), for instance")]
  }
}
