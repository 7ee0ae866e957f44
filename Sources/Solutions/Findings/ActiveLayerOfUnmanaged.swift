/// An unmanaged solution has no layers of its own: it is exported as it is.
package struct ActiveLayerOfUnmanaged: FindingContent {
  package static let kind = FindingKind(
    "strata.not-managed",
    .error,
    "LC-412",
    "The active layer is exported of a managed solution: an unmanaged one is nothing but a list of what lies in that layer, and is exported as it is."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(solution) is unmanaged, so its components lie in the active layer; export it as it is"
  }
}
