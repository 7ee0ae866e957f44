package struct UnmanagedPatch: FindingContent {
  package static let kind = FindingKind(
    "0x80048041",
    .error,
    .inferred("LC-341"),
    "A patch of a managed solution is managed."
  )

  let patch: SolutionName
  let parent: SolutionName

  package var subject: Subject { .solution(patch) }

  package var text: Phrase { "the patch is unmanaged and \(parent) is not" }

  package var remedies: [Remedy] { [.words("export the patch as its parent was exported")] }
}
