package struct ReservedName: FindingContent {
  package static let kind = FindingKind(
    "0x8004F022",
    .error,
    "LC-131",
    "Names of built-in and of pending solutions, and those of patches, are reserved."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "the name “\(solution)” is reserved" }

  package var remedies: [Remedy] {
    let another = Remedy.words("choose another name")
    guard let parent = solution.patchParent else { return [another] }
    return [another, .words("to make a patch, clone one of \(parent)")]
  }
}
