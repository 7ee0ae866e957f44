package struct NothingStaged: FindingContent {
  package static let kind = FindingKind(
    "0x8004853B",
    .error,
    "LC-405",
    "Only what is staged can be applied."
  )

  let solution: SolutionName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase { "\(solution) has no upgrade ready to be applied" }

  package var remedies: [Remedy] { [.stage] }
}
