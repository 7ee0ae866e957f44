package struct SystemSolution: FindingContent {
  package static let kind = FindingKind(
    "0x80048046",
    .error,
    "LC-132",
    "The system solution is the platform's own."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "the system solution cannot be imported" }
}
