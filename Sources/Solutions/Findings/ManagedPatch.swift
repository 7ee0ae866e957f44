package struct ManagedPatch: FindingContent {
  package static let kind = FindingKind(
    "0x80048040",
    .error,
    .inferred("LC-341"),
    "A patch of an unmanaged solution is unmanaged."
  )

  let patch: SolutionName
  let parent: SolutionName

  package var subject: Subject { .solution(patch) }

  package var text: Phrase { "the patch is managed and \(parent) is not" }

  package var remedies: [Remedy] { [.words("export the patch as its parent was exported")] }
}
