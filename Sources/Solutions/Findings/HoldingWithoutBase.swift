package struct HoldingWithoutBase: FindingContent {
  package static let kind = FindingKind(
    "0x80048539",
    .error,
    "LC-341",
    "Only a new version of what is installed can be staged."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "cannot create a holding solution for missing base \(solution)"
  }

  package var remedies: [Remedy] { [.words("import it without staging")] }
}
