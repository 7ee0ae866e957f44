package struct PatchVersionTaken: FindingContent {
  package static let kind = FindingKind(
    "0x80048539",
    .error,
    "LC-214",
    "Each patch of a solution has a version of its own, higher than the solution's."
  )

  let patch: SolutionName
  let version: SolutionVersion
  /// The solution, or another patch of it.
  let other: SolutionName
  let otherVersion: SolutionVersion

  package var subject: Subject { .solution(patch) }

  package var text: Phrase {
    version == otherVersion
      ? "patch version \(version) is that of \(other)"
      : "patch version \(version) is not higher than \(otherVersion) of \(other)"
  }

  package var remedies: [Remedy] { [.raiseVersion] }
}
