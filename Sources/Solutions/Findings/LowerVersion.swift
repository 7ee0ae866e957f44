package struct LowerVersion: FindingContent {
  package static let kind = FindingKind(
    "0x80048541",
    .error,
    "LC-210",
    "An upgrade has to be strictly higher than what is installed; patches do not count."
  )

  let solution: SolutionName
  let version: SolutionVersion
  let installed: SolutionVersion

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "version \(version) is not higher than the installed \(installed)" }

  package var remedies: [Remedy] {
    version == installed ? [.raiseVersion, .importAsUpdate] : [.raiseVersion]
  }
}
