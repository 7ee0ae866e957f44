package struct ListedWithoutContent: FindingContent {
  package static let kind = FindingKind(
    "strata.listed-without-content",
    .warning,
    .inferred("PF-215"),
    "What a package lists without content keeps its old definition, whose references protect nothing."
  )

  let solution: SolutionName
  let components: [NamedComponent]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(components.count == 1 ? "1 component is" : "\(components.count) components are") listed without content; the old "
      + "definitions stay, and what those refer to is not protected"
  }

  package var because: [Phrase] { components.lines }

  package var remedies: [Remedy] {
    [.words("check them after the upgrade"), .words("export them with content")]
  }
}
