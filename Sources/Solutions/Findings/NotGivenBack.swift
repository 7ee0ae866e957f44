/// The environment knows of components that no layer and no kept package says anything of.
package struct NotGivenBack: FindingContent {
  package static let kind = FindingKind(
    "strata.not-given-back",
    .warning,
    .inferred("PF-215"),
    "A solution may list components without content. Neither a layer nor a package that is kept says what these are."
  )

  let solution: SolutionName
  let components: [NamedComponent]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(components.count.counted("member")) of \(solution) \(components.count == 1 ? "has" : "have") no content here and cannot be given back"
  }

  package var because: [Phrase] { components.lines }
}
