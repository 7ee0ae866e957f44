package struct NothingToDiscard: FindingContent {
  package static let kind = FindingKind(
    "0x8004853B",
    .error,
    "LC-414",
    "Only what is staged can be given up."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "\(solution) has no pending upgrade" }
}
