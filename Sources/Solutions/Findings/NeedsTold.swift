package struct NeedsTold: FindingContent {
  package static let kind = FindingKind(
    "strata.needs-reported",
    .info,
    .inferred("strata.facts"),
    "Needs that no given package meets are met by what the environment has."
  )

  let solution: SolutionName
  /// What the environment has, one line each, sorted.
  let present: [String]
  /// Of solutions that it has, of which it did not list what they hold.
  let notKnown: [String]
  let at: Timestamp

  package var severity: Finding.Severity { notKnown.isEmpty ? Self.kind.severity : .warning }

  package var isTold: Bool { true }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    guard !notKnown.isEmpty else {
      return "needs: \(present.count) present, reported by the environment at \(at.rowText)"
    }
    return
      "needs: \(present.count) present, \(notKnown.count) not known: the environment at \(at.rowText) "
      + "has the solutions, and did not list what they hold"
  }

  package var because: [Phrase] {
    present.map { "\($0): present" as Phrase } + notKnown.map { "\($0): not known" as Phrase }
  }
}
