package struct AssumedPresent: FindingContent {
  package static let kind = FindingKind(
    "strata.assumed-present",
    .info,
    .inferred("PF-305"),
    "A component that a package changes, and that no given package defines, is assumed to be present."
  )

  struct Base: Equatable, Sendable {
    let component: NamedComponent
    let evidence: Ownership.Evidence
  }

  let solution: SolutionName
  let bases: [Base]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    (bases.count == 1
      ? "1 component has its base elsewhere (the system, or a solution not given) and is "
      : "\(bases.count) components have their base elsewhere (the system, or a solution not given) and are ")
      + "taken to be present"
  }

  package var because: [Phrase] {
    bases.map { "\(address: $0.component)\($0.evidence.words)" }
      .sorted { $0.words < $1.words }
  }
}
