package struct TableTooWide: FindingContent {
  package static let kind = FindingKind(
    "strata.table-width",
    .error,
    .inferred("PF-420"),
    "A table has no more columns than the database has room for."
  )

  let table: NamedComponent
  /// With those beside lookups and files.
  let columns: Int
  /// Of them, what was dropped and not purged.
  let dropped: Int
  /// As many as the database has room for.
  let most: Int

  package init(
    table: NamedComponent,
    columns: Int,
    dropped: Int = 0,
    most: Int = TableDesign.columnsMax
  ) {
    self.most = most
    self.table = table
    self.columns = columns
    self.dropped = dropped
  }

  package var subject: Subject { .component(table) }

  package var text: Phrase {
    "\(table) would have \(columns) columns, and \(most) are the most"
  }

  package var because: [Phrase] {
    ["a lookup and a file take two"] + (dropped > 0 ? ["\(dropped) of them lie in the trash"] : [])
  }

  package var remedies: [Remedy] {
    dropped > 0
      ? [.listTrash, .words("take columns out of the table")]
      : [.words("take columns out of the table")]
  }
}
