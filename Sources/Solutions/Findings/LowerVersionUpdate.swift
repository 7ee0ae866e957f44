package struct LowerVersionUpdate: FindingContent {
  package static let kind = FindingKind(
    "strata.lower-version",
    .error,
    .inferred("LC-213"),
    "An update may not be lower than what is installed."
  )

  let solution: SolutionName
  let version: SolutionVersion
  let installed: SolutionVersion

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "version \(version) is lower than the installed \(installed)" }

  package var remedies: [Remedy] {
    [.words("uninstall"), .words("import a higher version")]
  }
}
