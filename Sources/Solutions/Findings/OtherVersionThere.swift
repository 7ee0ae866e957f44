package struct OtherVersionThere: FindingContent {
  package static let kind = FindingKind(
    "strata.other-version-there",
    .error,
    .inferred("strata.facts"),
    "A plan starts from packages that are what the environment has."
  )

  let solution: SolutionName
  let given: SolutionVersion
  /// nil where the environment does not have it.
  let there: SolutionVersion?
  let at: Timestamp

  package var isTold: Bool { true }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    guard let there else {
      return "\(solution) \(given) is given as installed, and the environment does not have it"
    }
    return "\(solution) \(given) is given as installed, and the environment has \(there)"
  }

  package var because: [Phrase] { ["reported by the environment at \(at.rowText)"] }

  package var remedies: [Remedy] {
    [
      .words(
        there.map { "give the package of version \($0)" } ?? "leave the package out"
      )
    ]
  }
}
