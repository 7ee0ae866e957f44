package struct HoldingExists: FindingContent {
  package static let kind = FindingKind(
    "0x80048539",
    .error,
    "E-2",
    "Nothing comes in beside a pending upgrade."
  )

  let solution: SolutionName
  let holding: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "holding solution \(holding) exists; \(solution) cannot be changed beside it"
  }

  package var remedies: [Remedy] {
    [.words("apply the pending upgrade"), .words("discard it")]
  }
}
