package struct MissingDependencies: FindingContent {
  package static let kind = FindingKind(
    "0x8004801D",
    .warning,
    "DP-304",
    "What the package says it needs is in the package or in the target."
  )

  let solution: SolutionName
  let isStrict: Bool
  /// What is missing and from where, one line each, sorted.
  let missing: [String]
  /// Whether the target is made of packages alone.
  let isTargetOfPackages: Bool
  /// Whether the same plan takes all of it away before.
  let areTakenAway: Bool

  package var severity: Finding.Severity { isStrict ? .error : Self.kind.severity }

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    areTakenAway
      ? "the package needs \(several(missing.count, "component")) that this plan takes away before"
      : "the package needs \(several(missing.count, "component")) that neither it nor the target has"
  }

  package var because: [Phrase] { missing.map { Phrase($0) } }

  package var remedies: [Remedy] {
    areTakenAway
      ? [.words("leave the package out, or keep what it needs")]
      : isTargetOfPackages
        ? [.provide, .assumeOfTarget]
        : [.words("import the solutions named first"), .assumePresent]
  }
}
