package struct EditNamesMissing: FindingContent {
  package static let kind = FindingKind(
    "0x8004F036",
    .error,
    .inferred("DP-204"),
    "An edit of the unmanaged layer may not name columns that are nowhere."
  )

  let component: NamedComponent
  /// What is missing and where it is named, one line each, sorted.
  let missing: [String]

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) names columns that are not there" }

  package var because: [Phrase] { missing.map { Phrase($0) } }

  package var remedies: [Remedy] { [.words("add them first")] }
}
