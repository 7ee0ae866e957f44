package struct TooManyKeys: FindingContent {
  package static let kind = FindingKind(
    "strata.key-count",
    .error,
    .inferred("LY-450"),
    "A table has at most ten alternate keys."
  )

  let table: NamedComponent
  let keys: Int

  package var subject: Subject { .component(table) }

  package var text: Phrase {
    "\(table) would have \(keys) alternate keys, and \(TableDesign.keysMax) are the most"
  }

  package var remedies: [Remedy] { [.words("leave out the keys that nobody uses")] }
}
