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

  package init(table: NamedComponent, columns: Int, dropped: Int = 0) {
    self.table = table
    self.columns = columns
    self.dropped = dropped
  }

  package var subject: Subject { .component(table) }

  package var text: Phrase {
    "\(table) would have \(columns) columns, and \(TableDesign.columnsMax) are the most"
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
