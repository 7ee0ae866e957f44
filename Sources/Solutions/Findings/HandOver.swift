package struct HandOver: FindingContent {
  package static let kind = FindingKind(
    "strata.hand-over",
    .info,
    "LC-105",
    "What another solution of the same publisher has as well passes to it, with its data."
  )

  let solution: SolutionName
  let heir: SolutionName
  let components: [NamedComponent]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(components.count == 1 ? "1 component passes" : "\(components.count) components pass") to \(heir), a solution of the "
      + "same publisher; nothing is lost"
  }

  package var because: [Phrase] { components.map { "\(address: $0)" } }
}
