package struct HoldingSelected: FindingContent {
  package static let kind = FindingKind(
    "0x8004853C",
    .error,
    "LC-405",
    "An upgrade is applied to its base solution."
  )

  let holding: SolutionName
  let base: SolutionName

  package var subject: Subject { .solution(holding) }

  package var text: Phrase { "\(holding) is the pending upgrade itself" }

  package var remedies: [Remedy] { [.words("name the base solution: \(base)")] }
}
