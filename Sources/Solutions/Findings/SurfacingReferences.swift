package struct SurfacingReferences: FindingContent {
  package static let kind = FindingKind(
    "0x8004F036",
    .error,
    .inferred("DP-204"),
    "A layer that comes up when another goes may not name what is gone."
  )

  let component: NamedComponent
  /// Whose layer goes.
  let solution: SolutionName
  let missing: [String]
  /// Giving a stage up leads back to what stood before it, with all that was amiss.
  let isBackToBefore: Bool
  /// Whether it was there once: what a solution names with its own prefix may always have been missing.
  let isCertain: Bool

  package var severity: Finding.Severity {
    isBackToBefore || !isCertain ? .warning : Self.kind.severity
  }

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "the layer of \(component) that comes up under \(solution) names what is gone"
  }

  package var because: [Phrase] { missing.map { Phrase($0) } }

  package var remedies: [Remedy] {
    [.words("first bring that solution to a version without the reference")]
  }
}
