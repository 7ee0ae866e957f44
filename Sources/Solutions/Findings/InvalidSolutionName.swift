package struct InvalidSolutionName: FindingContent {
  package static let kind = FindingKind(
    "0x8004F002",
    .error,
    "LC-131",
    "A unique name begins with a letter or _ and holds letters, digits and _, at most 65."
  )

  let name: String

  package init(name: String) { self.name = name }

  package var subject: Subject { .entry(name) }

  package var text: Phrase {
    "“\(name)” is no unique name: a letter or _ first, then letters, digits or _, at most 65"
  }
}
