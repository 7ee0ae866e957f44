package struct NamesMissing: FindingContent {
  package static let kind = FindingKind(
    "0x8004F036",
    .warning,
    .inferred("DP-204"),
    "What a package writes may not name what is nowhere."
  )

  let component: NamedComponent
  /// What is missing and where it is named, one line each, sorted.
  let missing: [String]
  let areColumns: Bool

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(component) names \(areColumns ? "columns" : "components") that are not there"
  }

  package var because: [Phrase] { missing.map { Phrase($0) } }

  package var remedies: [Remedy] {
    [
      .words(
        "export the package whole; it was changed by hand, or a \(areColumns ? "column was forgotten" : "component was left out")"
      )
    ]
  }
}
