package struct RemovalNotKnown: FindingContent {
  package static let kind = FindingKind(
    "strata.not-known",
    .warning,
    .inferred("strata.facts"),
    "What the environment did not report of a component that is to go is not known: something may stand in its way."
  )

  struct Part: Equatable, Sendable {
    let gap: FactsIndex.Gap
    /// Never empty.
    let components: [NamedComponent]
  }

  let solution: SolutionName
  let at: Timestamp
  /// Never empty.
  let gaps: [Part]
  let isStrict: Bool

  private var count: Int { gaps.reduce(0) { $0 + $1.components.count } }

  package var severity: Finding.Severity { isStrict ? .error : Self.kind.severity }

  package var isTold: Bool { true }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "whether \(several(count, "component")) can be deleted is not known: the environment did not say at \(at.rowText)"
  }

  package var because: [Phrase] {
    gaps.flatMap { part in
      part.components.inOrder.map { "\(address: $0): \(part.gap.words)" as Phrase }
    }
  }

  package var remedies: [Remedy] {
    [
      .words(
        "pull the facts again for this package, with an account that may read what was refused"
      )
    ]
  }
}

extension FactsIndex.Gap {
  fileprivate var words: String {
    switch self {
    case .unnamed: "the environment did not name it"
    case .uses: "what uses it was not reported"
    case .layers: "its layers were not reported"
    case .users: "what used it may still use it: what is known of its layers does not say"
    case .parts: "not all solutions were listed, and one may have added to it"
    }
  }
}
