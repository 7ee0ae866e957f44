package struct KeyTooWide: FindingContent {
  package static let kind = FindingKind(
    "strata.key-width",
    .error,
    .inferred("PF-420"),
    "An alternate key is over at most 16 columns."
  )

  let key: NamedComponent
  let columns: Int

  package var subject: Subject { .component(key) }

  package var text: Phrase {
    "\(key) is over \(columns) columns, and \(KeyDesign.columnsMax) are the most"
  }

  package var remedies: [Remedy] { [.words("make it one over fewer columns")] }
}
