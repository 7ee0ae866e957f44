/// What comes along into a solution because others that are added name it.
package struct RequiredAdded: FindingContent {
  package static let kind = FindingKind(
    "strata.required-added",
    .info,
    .inferred("LC-113"),
    "Unmanaged components that are named are listed as well where that is asked for; one may be in several solutions."
  )

  let solution: SolutionName
  let needs: [Need]

  struct Need: Equatable, Sendable {
    let component: NamedComponent
    /// What names it.
    let dependent: NamedComponent
  }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(needs.count.counted("component")) \(needs.count == 1 ? "comes" : "come") along, since others that \(solution) lists now need \(needs.count == 1 ? "it" : "them")"
  }

  package var because: [Phrase] { needs.map { "\($0.component), for \($0.dependent)" } }
}
