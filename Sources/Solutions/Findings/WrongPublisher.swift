package struct WrongPublisher: FindingContent {
  package static let kind = FindingKind(
    "0x8004801C",
    .error,
    "LC-106",
    "A solution stays with its publisher."
  )

  let solution: SolutionName
  let installed: SolutionName
  let publisher: PublisherName
  let installedPublisher: PublisherName

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "the publisher cannot be changed from \(installedPublisher) to \(publisher)"
  }

  package var remedies: [Remedy] {
    [
      .words("export the new version with the publisher \(installedPublisher)"),
      .words("uninstall \(installed) first (its data goes)"),
    ]
  }
}
