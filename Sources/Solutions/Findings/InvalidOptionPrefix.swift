package struct InvalidOptionPrefix: FindingContent {
  package static let kind = FindingKind(
    "0x80048402",
    .error,
    "LC-101",
    "An option value prefix lies between 10000 and 99999."
  )

  let solution: SolutionName
  let prefix: String

  package init(solution: SolutionName, prefix: String) {
    self.solution = solution
    self.prefix = prefix
  }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "the option value prefix \(prefix) is not between 10000 and 99999"
  }
}
