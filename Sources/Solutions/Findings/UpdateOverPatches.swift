package struct UpdateOverPatches: FindingContent {
  package static let kind = FindingKind(
    "strata.update-over-patches",
    .warning,
    .inferred("LC-403"),
    "Patches stay on top of an updated base."
  )

  let solution: SolutionName
  /// `Name version`, lowest version first.
  let patches: [String]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "patches stay on top and keep hiding what they changed: \(patches.joined(separator: ", "))"
  }

  package var remedies: [Remedy] { [.words("upgrade instead: it rolls the patches up")] }
}
