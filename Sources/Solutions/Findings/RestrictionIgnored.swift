package struct RestrictionIgnored: FindingContent {
  package static let kind = FindingKind(
    "strata.restriction-ignored",
    .info,
    "LY-1303",
    "What others were allowed to change they may go on changing: stricter values of an owner are passed over."
  )

  let solution: SolutionName
  /// Which properties of what, in order.
  let ignored: [Ignored]

  struct Ignored: Equatable, Sendable {
    let component: NamedComponent
    let properties: [String]
  }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "stricter managed properties of \(several(ignored.count, "component")) are ignored: what others were allowed to change "
      + "they may go on changing; the rest of each component is taken"
  }

  package var because: [Phrase] {
    ignored.map { "\(address: $0.component): \($0.properties.joined(separator: ", "))" }
  }
}
