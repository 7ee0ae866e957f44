package struct FullFormFromOther: FindingContent {
  package static let kind = FindingKind(
    "strata.full-form-from-other",
    .warning,
    .inferred("LY-526"),
    "A whole form from someone who does not own it takes nothing away."
  )

  let form: NamedComponent
  let solution: SolutionName
  let owner: PublisherName

  package var subject: Subject { .component(form) }

  package var text: Phrase {
    "\(solution) brings the whole form and \(owner) owns it: what it leaves out stays"
  }

  package var remedies: [Remedy] {
    [
      .words(
        "export from an environment where the form is managed, so that a difference is written"
      )
    ]
  }
}
