package struct ColumnExists: FindingContent {
  package static let kind = FindingKind(
    "0x80071153",
    .error,
    "LY-101",
    "A column is added once."
  )

  let column: NamedComponent

  package var subject: Subject { .component(column) }

  package var text: Phrase { "\(column) is there already" }

  package var remedies: [Remedy] { [.set(column)] }
}
