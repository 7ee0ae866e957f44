package struct ColumnCasing: FindingContent {
  package static let kind = FindingKind(
    "0x8004F043",
    .info,
    .inferred("PF-420"),
    "Case has no meaning in the names of columns."
  )

  let column: NamedComponent
  let before: String
  let after: String

  package var subject: Subject { .component(column) }

  package var text: Phrase {
    "the name is written \(after), before \(before); case has no meaning here"
  }
}
