package struct SolutionExists: FindingContent {
  package static let kind = FindingKind(
    "0x8004F023",
    .error,
    "LC-131",
    "A unique name is taken once."
  )

  let solution: SolutionName
  let version: SolutionVersion

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "a solution \(solution) \(version) is installed" }

  package var remedies: [Remedy] { [.words("give the new one another unique name")] }
}
