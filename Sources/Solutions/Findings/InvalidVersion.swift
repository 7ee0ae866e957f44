package struct InvalidVersion: FindingContent {
  package static let kind = FindingKind(
    "0x8004F01E",
    .error,
    "LC-205",
    "A version is two to four numbers with dots between."
  )

  let solution: SolutionName
  let version: String

  package init(solution: SolutionName, version: String) {
    self.solution = solution
    self.version = version
  }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "“\(version)” is no version: two to four numbers with dots between"
  }
}
