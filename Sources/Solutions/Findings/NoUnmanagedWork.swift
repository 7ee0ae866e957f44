/// Nobody has customized what a managed solution brought.
package struct NoUnmanagedWork: FindingContent {
  package static let kind = FindingKind(
    "strata.nothing-unmanaged",
    .error,
    "LC-412",
    "No component of the solution has an unmanaged layer, so there is nothing to export."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "no component of \(solution) has an unmanaged layer" }
}
