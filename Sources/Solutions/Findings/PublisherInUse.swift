package struct PublisherInUse: FindingContent {
  package static let kind = FindingKind(
    "strata.publisher-in-use",
    .error,
    "LC-104",
    "A publisher stays as long as there is a solution of it."
  )

  let name: PublisherName
  /// Sorted.
  let solutions: [SolutionName]

  package var subject: Subject { .entry(name.text) }

  package var text: Phrase {
    "the publisher \(name) has \(several(solutions.count, "solution"))"
  }

  package var because: [Phrase] { solutions.map { "\($0)" } }

  package var remedies: [Remedy] { [.words("uninstall or delete these first")] }
}
