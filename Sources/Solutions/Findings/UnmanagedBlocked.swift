package struct UnmanagedBlocked: FindingContent {
  package static let kind = FindingKind(
    "strata.unmanaged-blocked",
    .error,
    "E-6",
    "An environment may refuse unmanaged work."
  )

  /// Whose work it is.
  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "this environment does not allow unmanaged customizations" }

  package var remedies: [Remedy] { [.allowUnmanaged] }
}
