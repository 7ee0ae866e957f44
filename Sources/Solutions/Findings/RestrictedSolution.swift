package struct RestrictedSolution: FindingContent {
  package static let kind = FindingKind(
    "0x8004F005",
    .error,
    "E-9",
    "Nothing is edited inside a managed solution."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "\(solution) is managed; components cannot be edited inside it" }

  package var remedies: [Remedy] {
    [.words("name an unmanaged solution"), .words("none")]
  }
}
