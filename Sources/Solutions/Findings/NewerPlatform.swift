package struct NewerPlatform: FindingContent {
  package static let kind = FindingKind(
    "0x80048068",
    .error,
    "LC-221",
    "A package is written for a version of the platform that is known."
  )

  let solution: SolutionName
  let version: String

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "the package is written for platform version \(version); versions up to 9.2 are known"
  }

  package var remedies: [Remedy] {
    [.words("export it for an older version"), .words("use a newer strata")]
  }
}
