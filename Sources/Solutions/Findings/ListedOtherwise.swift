package struct ListedOtherwise: FindingContent {
  package static let kind = FindingKind(
    "strata.listed-otherwise",
    .warning,
    .inferred("strata.facts"),
    "A solution in an environment lists what its package holds; where it does not, the package is not what is there."
  )

  let solution: SolutionName
  let version: SolutionVersion
  /// Of the package, and not in the environment's solution.
  let missing: [NamedComponent]
  /// In the environment's solution, and not of the package.
  let others: [NamedComponent]
  let at: Timestamp

  package var isTold: Bool { true }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(solution) \(version) in the environment is not what its package says"
  }

  package var because: [Phrase] {
    ["reported by the environment at \(at.rowText)"]
      + missing.inOrder.map { "\(address: $0) is in the package alone" as Phrase }
      + others.inOrder.map { "\(address: $0) is in the environment alone" as Phrase }
  }

  package var remedies: [Remedy] {
    [.words("give the package that was imported; what becomes of these is not known")]
  }
}
