package struct DefaultSolution: FindingContent {
  package static let kind = FindingKind(
    "0x80048049",
    .error,
    "LC-132",
    "The default solution is never managed."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "the default solution cannot be imported as managed" }
}
