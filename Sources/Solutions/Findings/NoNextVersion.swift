package struct NoNextVersion: FindingContent {
  package static let kind = FindingKind(
    "strata.no-next-version",
    .error,
    .inferred("LC-204"),
    "Each part of a version is a number of 32 bits. The next version can only be proposed where its part can be raised."
  )

  let solution: SolutionName
  let version: SolutionVersion

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "version \(version) of \(solution) cannot be raised" }

  package var remedies: [Remedy] { [.words("name the version")] }
}
