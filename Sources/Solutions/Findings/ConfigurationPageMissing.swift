package struct ConfigurationPageMissing: FindingContent {
  package static let kind = FindingKind(
    "0x8004701D",
    .error,
    "LC-121",
    "The configuration page of a solution is in the solution."
  )

  let solution: SolutionName
  let page: String

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "the configuration page “\(page.shown(100))” is not in the solution" }

  package var remedies: [Remedy] {
    [.words("add the page to the solution, or take ConfigurationPage out of solution.xml")]
  }
}
