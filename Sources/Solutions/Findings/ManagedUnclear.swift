package struct ManagedUnclear: FindingContent {
  package static let kind = FindingKind(
    "strata.managed-flag",
    .error,
    "PF-205",
    "A package is managed or unmanaged; only unpacked sources may be both."
  )

  let solution: SolutionName
  let flag: String

  package init(solution: SolutionName, flag: String) {
    self.solution = solution
    self.flag = flag
  }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "Managed is “\(flag)”, not 0 or 1; 2 stands in unpacked sources only" }
}
