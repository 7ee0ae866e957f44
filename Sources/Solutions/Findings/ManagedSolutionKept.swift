package struct ManagedSolutionKept: FindingContent {
  package static let kind = FindingKind(
    "0x8004F024",
    .error,
    "E-9",
    "The name and the version of a managed solution come with its packages."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "\(solution) is managed; its name and version come with its packages" }

  package var remedies: [Remedy] {
    [.words("change the unmanaged solution of its author, export and import that")]
  }
}
