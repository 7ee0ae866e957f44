/// An export holds what is published; drafts stay where they are.
package struct DraftsNotExported: FindingContent {
  package static let kind = FindingKind(
    "strata.drafts-not-exported",
    .warning,
    "LC-412",
    "An export holds what is published of a solution. Edits and imports that wait for publishing stay in the environment."
  )

  let solution: SolutionName
  let drafts: [NamedComponent]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(drafts.count.counted("draft")) of \(solution) \(drafts.count == 1 ? "is" : "are") not published and not in the export"
  }

  package var because: [Phrase] { drafts.lines }

  package var remedies: [Remedy] { [.publishSolution(solution)] }
}
