package struct PublisherUnseen: FindingContent {
  package static let kind = FindingKind(
    "strata.publisher-name",
    .error,
    .inferred("LC-101"),
    "A publisher's unique name and prefix hold nothing that controls a terminal or turns the writing direction."
  )

  let solution: SolutionName
  let name: String

  package init(solution: SolutionName, name: String) {
    self.solution = solution
    self.name = name
  }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "the publisher's name or prefix “\(name.visible)” holds characters that control or turn what is shown"
  }
}
