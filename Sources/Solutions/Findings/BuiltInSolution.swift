package struct BuiltInSolution: FindingContent {
  package static let kind = FindingKind(
    "0x8004F005",
    .error,
    "LC-408",
    "Built-in solutions stay."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "\(solution) is a built-in solution and cannot be deleted" }
}
