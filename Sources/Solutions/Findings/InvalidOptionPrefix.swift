package struct InvalidOptionPrefix: FindingContent {
  package static let kind = FindingKind(
    "0x80048402",
    .error,
    "LC-101",
    "An option value prefix lies between 10000 and 99999."
  )

  package let subject: Subject
  let prefix: String

  package init(solution: SolutionName, prefix: String) {
    subject = .solution(solution)
    self.prefix = prefix
  }

  init(publisher: PublisherName, prefix: String) {
    subject = .entry(publisher.text)
    self.prefix = prefix
  }

  package var text: Phrase {
    "the option value prefix \(prefix) is not between 10000 and 99999"
  }
}
