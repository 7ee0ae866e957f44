package struct PatchVersion: FindingContent {
  package static let kind = FindingKind(
    "0x80048539",
    .error,
    "LC-215",
    "A patch has its parent's major and minor number."
  )

  let patch: SolutionName
  let version: SolutionVersion
  let parentVersion: SolutionVersion

  package var subject: Subject { .solution(patch) }

  package var text: Phrase {
    "patch version \(version) is invalid for parent version \(parentVersion)"
  }

  package var remedies: [Remedy] {
    [.words("a patch has its parent's major and minor number")]
  }
}
