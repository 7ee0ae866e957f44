package struct NoSuchChoice: FindingContent {
  package static let kind = FindingKind(
    "0x8004F036",
    .error,
    "DP-204",
    "A new column takes its options from a choice that is there."
  )

  let column: NamedComponent
  /// Without its table.
  let name: String
  let choice: String

  package var subject: Subject { .component(column) }

  package var text: Phrase { "there is no choice \(choice) for the column \(name)" }
}
