package struct InvalidPrefix: FindingContent {
  package static let kind = FindingKind(
    "strata.publisher-prefix",
    .warning,
    .inferred("LC-101"),
    "A customization prefix is 2 to 8 letters and digits, a letter first, and not that of the platform."
  )

  let solution: SolutionName
  let prefix: String

  package init(solution: SolutionName, prefix: String) {
    self.solution = solution
    self.prefix = prefix
  }

  package var severity: Finding.Severity { isOfPlatform ? .error : Self.kind.severity }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "the customization prefix “\(prefix)” is not 2 to 8 letters and digits, a letter first"
      + (isOfPlatform ? "; mscrm is the platform's own" : "")
  }

  private var isOfPlatform: Bool { prefix.hasPrefix("mscrm") }
}
