package struct NotInstalled: FindingContent {
  package static let kind = FindingKind(
    "strata.not-installed",
    .error,
    "LC-131",
    "The environment has no solution of this name."
  )

  let solution: SolutionName
  /// Installed solutions with names like it.
  let near: [SolutionName]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "\(solution) is not installed" }

  package var remedies: [Remedy] {
    near.isEmpty
      ? [.listInstalled]
      : [.words("there is \(near.map(\.text).joined(separator: ", "))")]
  }
}
