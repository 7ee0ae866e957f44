package struct PatchExists: FindingContent {
  package static let kind = FindingKind(
    "0x8004F042",
    .error,
    "LC-216",
    "A patch is never updated: the next one has a higher version."
  )

  let patch: SolutionName
  let installed: SolutionName
  let version: SolutionVersion

  package var subject: Subject { .solution(patch) }

  package var text: Phrase {
    "patch \(installed) \(version) exists; updating a patch is not supported"
  }

  package var remedies: [Remedy] { [.words("make a new patch with a higher version")] }
}
