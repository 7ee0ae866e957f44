/// A solution with patches is not exported and keeps its members; its patches change.
package struct LockedByPatches: FindingContent {
  package static let kind = FindingKind(
    "0x80048538",
    .error,
    "LC-410",
    "As long as a solution has patches it cannot be exported, and components cannot be added or removed."
  )

  let solution: SolutionName
  /// `Name version`.
  let patches: [String]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "\(solution) is locked, because it has patches" }

  package var because: [Phrase] { patches.map { Phrase($0) } }

  package var remedies: [Remedy] {
    [
      .words("export the patches, or roll them up by cloning the solution"),
      .words("or delete the patches, highest version first: what they list stays"),
    ]
  }
}
