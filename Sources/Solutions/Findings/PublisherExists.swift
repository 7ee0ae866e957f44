package struct PublisherExists: FindingContent {
  package static let kind = FindingKind(
    "strata.publisher-exists",
    .error,
    "LC-104",
    "A publisher is made once; those that every environment has cannot be made or changed."
  )

  let name: PublisherName
  let isBuiltIn: Bool

  package var subject: Subject { .entry(name.text) }

  package var text: Phrase {
    isBuiltIn
      ? "the publisher \(name) belongs to every environment" : "there is a publisher \(name)"
  }

  package var remedies: [Remedy] {
    [.words("use it for your solution, or give yours another unique name")]
  }
}
