package struct RibbonIDTooLong: FindingContent {
  package static let kind = FindingKind(
    "0x8004F10C",
    .error,
    .inferred("LY-703"),
    "Ids of ribbon elements have at most 128 characters."
  )

  let ribbon: NamedComponent
  /// With the element's name.
  let id: String

  package var subject: Subject { .component(ribbon) }

  package var text: Phrase { "the id \(id) has more than 128 characters" }

  package var remedies: [Remedy] { [.prefixRibbonIDs] }
}
