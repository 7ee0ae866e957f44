package struct RowsStay: FindingContent {
  package static let kind = FindingKind(
    "strata.rows-stay",
    .info,
    .inferred("strata.rollback"),
    "Rows are people's own, and no rollback touches them."
  )

  /// Operations that wrote rows, in words.
  let operations: [String]

  package var subject: Subject { .plan }

  package var text: Phrase {
    "rows are people's own and stay as they were written; only tables and columns come and go"
  }

  package var because: [Phrase] { operations.map { Phrase($0) } }
}
