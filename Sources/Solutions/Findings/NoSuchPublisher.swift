package struct NoSuchPublisher: FindingContent {
  package static let kind = FindingKind(
    "strata.no-publisher",
    .error,
    "LC-101",
    "A solution has a publisher that is there and that is not the platform's own."
  )

  /// nil where the publisher itself is meant.
  let solution: SolutionName?
  let publisher: PublisherName
  /// By unique name.
  let present: [PublisherName]

  package var subject: Subject { solution.map { .solution($0) } ?? .entry(publisher.text) }

  package var text: Phrase {
    switch publisher {
    case .system: "the publisher \(publisher) is the platform's own"
    case .default: "a solution has a publisher of its own, and not \(publisher)"
    default: "there is no publisher \(publisher)"
    }
  }

  package var remedies: [Remedy] {
    let others =
      present.isEmpty
      ? [] : [Remedy.words("there is \(present.map(\.text).joined(separator: ", "))")]
    switch publisher {
    case .system: return others
    case .default: return others + [.words("name one, or make one")]
    default: return others + [.newPublisher(publisher)]
    }
  }
}
