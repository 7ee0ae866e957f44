package struct CloneNotHigher: FindingContent {
  package static let kind = FindingKind(
    "0x80048539",
    .error,
    "LC-214",
    "A patch, and a solution that rolls patches up, has a higher version than the original and all its patches."
  )

  let solution: SolutionName
  let version: SolutionVersion
  let highest: SolutionVersion

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "version \(version) is not higher than \(highest), the highest of the solution and its patches"
  }

  package var remedies: [Remedy] { [.raiseVersion] }
}
