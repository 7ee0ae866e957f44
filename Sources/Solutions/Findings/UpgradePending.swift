package struct UpgradePending: FindingContent {
  package static let kind = FindingKind(
    "0x80048539",
    .error,
    .inferred("LC-408"),
    "A solution with a pending upgrade is not uninstalled."
  )

  let solution: SolutionName
  let version: SolutionVersion

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "\(solution) has the pending upgrade \(version)" }

  package var remedies: [Remedy] { [.words("apply it or discard it first")] }
}
