package struct ReadOnlyPublisher: FindingContent {
  package static let kind = FindingKind(
    "0x8004F033",
    .error,
    "LC-104",
    "A publisher that came with managed solutions is changed by its owner alone."
  )

  let name: PublisherName
  /// Its managed solutions, which are all that there is of it.
  let solutions: [SolutionName]

  package var subject: Subject { .entry(name.text) }

  package var text: Phrase {
    "publisher \(name) came with managed solutions and is not changed here"
  }

  package var because: [Phrase] { solutions.map { "\($0) is managed" } }

  package var remedies: [Remedy] {
    [.words("change it where its solutions are made, or make a publisher of your own")]
  }
}
