package struct TableFactsChanged: FindingContent {
  package static let kind = FindingKind(
    "strata.table-facts",
    .error,
    .inferred("LC-500"),
    "A table's kind, its ownership and whether it is an activity are fixed when it is created."
  )

  let table: NamedComponent
  /// `Name: old → new`.
  let moved: [String]

  package var subject: Subject { .component(table) }

  package var text: Phrase { "\(table) changes what is fixed when a table is created" }

  package var because: [Phrase] { moved.map { Phrase($0) } }

  package var remedies: [Remedy] {
    [
      .words(
        "in two steps: release a version without the table (its data goes), then one with the new; or give the new "
          + "table another name"
      )
    ]
  }
}
