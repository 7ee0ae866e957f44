package struct NoIdentity: FindingContent {
  package static let kind = FindingKind(
    "strata.no-identity",
    .warning,
    .inferred("PF-902"),
    "A component without identity cannot be distinguished from others of its kind and is carried as it is."
  )

  let name: String
  let title: String

  package init(_ kind: ComponentKind) {
    name = kind.name
    title = kind.title
  }

  package var subject: Subject { .entry(name) }

  package var text: Phrase { "a \(title.lowercased()) has no identity and is carried as it is" }
}
