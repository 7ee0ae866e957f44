package struct DraftDiscarded: FindingContent {
  package static let kind = FindingKind(
    "strata.draft-discarded",
    .warning,
    "LY-605",
    "An import discards unpublished changes of a site map that it brings."
  )

  let component: NamedComponent
  let solution: SolutionName

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "unpublished changes of \(component) are discarded: \(solution) brings it"
  }

  package var remedies: [Remedy] { [.publishBeforeImport(component)] }
}
