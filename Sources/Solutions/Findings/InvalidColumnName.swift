package struct InvalidColumnName: FindingContent {
  package static let kind = FindingKind(
    "0x80048062",
    .error,
    "LC-103",
    "A new column is named with a publisher's prefix, in small letters."
  )

  let column: NamedComponent
  /// Without its table.
  let name: String

  package var subject: Subject { .component(column) }

  package var text: Phrase {
    "“\(name)” is no name for a column: it begins with a publisher's prefix and holds small letters, digits and _"
  }

  package var remedies: [Remedy] { [.words("call it new_\(name.lowercased()), for instance")] }
}
