package struct PatchesFirst: FindingContent {
  package static let kind = FindingKind(
    "0x8004F005",
    .error,
    "LC-409",
    "Patches of an unmanaged solution are deleted before it."
  )

  let solution: SolutionName
  /// `Name version`, highest version first.
  let patches: [String]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(solution) has patches, which must be deleted first, highest version first"
  }

  package var because: [Phrase] { patches.map { Phrase($0) } }
}
