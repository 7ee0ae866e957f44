package struct UnmanagedUpgrade: FindingContent {
  package static let kind = FindingKind(
    "strata.both-managed",
    .error,
    "E-4",
    "Only managed solutions are upgraded."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "\(solution) is unmanaged; only managed solutions are upgraded" }

  package var remedies: [Remedy] {
    [.words("import it without an action"), .words("use the managed package")]
  }
}
