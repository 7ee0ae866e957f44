package struct NothingToDiscard: FindingContent {
  package static let kind = FindingKind(
    "0x8004853B",
    .error,
    "lifecycle §4.14",
    "Only what is staged can be given up."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "\(solution) has no pending upgrade" }
}
