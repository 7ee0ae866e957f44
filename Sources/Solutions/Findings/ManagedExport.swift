/// A managed solution is not exported; the author's unmanaged one is.
package struct ManagedExport: FindingContent {
  package static let kind = FindingKind(
    "0x80048036",
    .error,
    "LC-412",
    "Only unmanaged solutions can be exported. A managed one is what somebody else has exported."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "\(solution) is managed and cannot be exported" }
}
