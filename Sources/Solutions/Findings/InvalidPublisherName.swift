package struct InvalidPublisherName: FindingContent {
  package static let kind = FindingKind(
    "0x8004F01C",
    .error,
    "LC-101",
    "A publisher's unique name begins with a letter or _ and holds letters, digits and _."
  )

  let name: String

  package var subject: Subject { .entry(name) }

  package var text: Phrase {
    "“\(name)” is no unique name of a publisher: a letter or _ first, then letters, digits or _, at most 65"
  }
}
