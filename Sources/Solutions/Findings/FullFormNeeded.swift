package struct FullFormNeeded: FindingContent {
  package static let kind = FindingKind(
    "strata.full-form-needed",
    .warning,
    "LY-504",
    "A difference makes no form."
  )

  let form: NamedComponent
  let table: NamedComponent
  let solution: SolutionName
  let isStrict: Bool

  package var severity: Finding.Severity { isStrict ? .error : Self.kind.severity }

  package var subject: Subject { .component(form) }

  package var text: Phrase {
    "\(solution) brings a difference to a form of \(table) that is not here: full formXml is expected to create a form"
  }

  package var remedies: [Remedy] { [.words("install the solution that brings the form first")] }
}
