/// What components that are added to a solution name, and managed solutions bring: it is not added.
package struct RequiredOfOthers: FindingContent {
  package static let kind = FindingKind(
    "strata.required-of-others",
    .info,
    "DP-301",
    "What a managed solution brings stays a need of the package, and the target has to have it."
  )

  let solution: SolutionName
  let components: [NamedComponent]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(components.count.counted("component")) that \(solution) needs \(components.count == 1 ? "comes" : "come") with managed solutions, and \(components.count == 1 ? "is" : "are") not added"
  }

  package var because: [Phrase] { components.lines }

  package var remedies: [Remedy] {
    [.words("install those solutions in the target first; the package lists what it needs")]
  }
}
