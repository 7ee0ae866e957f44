package struct NameTaken: FindingContent {
  package static let kind = FindingKind(
    "0x8004F023",
    .error,
    "LC-132",
    "A patch does not take the name of another solution."
  )

  let patch: SolutionName
  let parent: SolutionName
  let installed: SolutionName
  let version: SolutionVersion

  package var subject: Subject { .solution(patch) }

  package var text: Phrase {
    "a solution \(installed) \(version) is installed and is no patch of \(parent)"
  }

  package var remedies: [Remedy] { [.words("give the patch another unique name")] }
}
