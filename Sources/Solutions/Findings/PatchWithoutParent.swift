package struct PatchWithoutParent: FindingContent {
  package static let kind = FindingKind(
    "0x80048540",
    .error,
    "LC-215",
    "A patch needs its parent."
  )

  let patch: SolutionName
  let parent: SolutionName
  let version: SolutionVersion

  package var subject: Subject { .solution(patch) }

  package var text: Phrase {
    "cannot import patch \(patch) for solution \(parent): not present"
  }

  package var remedies: [Remedy] {
    [.words("install \(parent) \(version.major).\(version.minor) first")]
  }
}
