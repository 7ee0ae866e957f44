package struct NotListed: FindingContent {
  package static let kind = FindingKind(
    "0x8004F021",
    .error,
    "LC-114",
    "Only what a solution lists can be removed from it."
  )

  let component: NamedComponent
  let solution: SolutionName

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(solution) does not list \(component)" }
}
