package struct PatchNotHighest: FindingContent {
  package static let kind = FindingKind(
    "0x80061771",
    .error,
    "LC-217",
    "A new patch has a higher version than all others of its parent."
  )

  let patch: SolutionName
  let higher: SolutionName
  let version: SolutionVersion

  package var subject: Subject { .solution(patch) }

  package var text: Phrase {
    "patch “\(higher)” has a matching or higher version (\(version))"
  }

  package var remedies: [Remedy] { [.words("make a new patch with a higher version")] }
}
