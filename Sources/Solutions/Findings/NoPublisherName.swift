package struct NoPublisherName: FindingContent {
  package static let kind = FindingKind(
    "0x8004F01C",
    .error,
    "LC-101",
    "A publisher has a unique name."
  )

  let solution: SolutionName

  package init(solution: SolutionName) { self.solution = solution }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "the publisher has no unique name" }
}
