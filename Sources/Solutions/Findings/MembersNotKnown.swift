package struct MembersNotKnown: FindingContent {
  package static let kind = FindingKind(
    "strata.members-not-known",
    .warning,
    .inferred("strata.facts"),
    "What an installed version has is known from its package, or from an environment that lists all of it by name."
  )

  let solution: SolutionName
  let version: SolutionVersion
  /// Components that the environment lists and gave no name for; nil where it lists nothing.
  let unnamed: Int?
  let at: Timestamp
  let isStrict: Bool

  package var severity: Finding.Severity { isStrict ? .error : Self.kind.severity }

  package var isTold: Bool { true }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    guard let unnamed else {
      return
        "what \(solution) \(version) has is not known, so neither is what would go with an upgrade"
    }
    return
      "\(solution) \(version) has \(several(unnamed, "component")) without a name, and whether they would go is not known"
  }

  package var because: [Phrase] { ["reported by the environment at \(at.rowText)"] }

  package var remedies: [Remedy] {
    [.words("give the package of version \(version)"), .words("pull the facts of \(solution)")]
  }
}
