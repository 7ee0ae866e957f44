package struct RibbonIDShared: FindingContent {
  package static let kind = FindingKind(
    "0x8004F10B",
    .warning,
    .inferred("LY-703"),
    "Elements of two publishers with one id hide each other."
  )

  let ribbon: NamedComponent
  let solution: SolutionName
  let publisher: PublisherName
  /// With the elements' names, sorted.
  let ids: [String]

  package var subject: Subject { .component(ribbon) }

  package var text: Phrase {
    "\(solution) of \(publisher) has elements with the same ids; of each the higher layer's shows"
  }

  package var because: [Phrase] { ids.map { Phrase($0) } }

  package var remedies: [Remedy] { [.prefixRibbonIDs] }
}
