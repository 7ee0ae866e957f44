package struct NoBaseOfPatch: FindingContent {
  package static let kind = FindingKind(
    "0x80048539",
    .error,
    "LC-132",
    "The parent of a patch is a base solution."
  )

  let patch: SolutionName
  let parent: SolutionName

  package var subject: Subject { .solution(patch) }

  package var text: Phrase {
    "\(parent) cannot be the parent of a patch: "
      + (parent == patch ? "it is the patch itself" : "it is no base solution")
  }

  package var remedies: [Remedy] { [.words("name the base solution as parent")] }
}
