package struct ColumnTypeChanged: FindingContent {
  package static let kind = FindingKind(
    "strata.column-type",
    .error,
    .inferred("LC-500"),
    "A column's type is fixed when it is created."
  )

  let column: NamedComponent
  let before: String
  let after: String
  /// Whether the author deleted the column and made another one of its name.
  let isRemade: Bool

  package var subject: Subject { .component(column) }

  package var text: Phrase {
    "the type of \(column) changes from \(before) to \(after) under the same name"
  }

  package var because: [Phrase] {
    [
      "a column's type is fixed when it is created",
      isRemade
        ? "IntroducedVersion changes too: the author deleted the column and created it again"
        : "IntroducedVersion is the same",
    ]
  }

  package var remedies: [Remedy] {
    [
      .words(
        "in two steps: release a version without the column (its data goes), then one with the new type; "
          + "or give the new column another name"
      )
    ]
  }
}
