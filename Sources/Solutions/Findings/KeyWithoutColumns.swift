package struct KeyWithoutColumns: FindingContent {
  package static let kind = FindingKind(
    "strata.key-without-columns",
    .error,
    .inferred("PF-420"),
    "An alternate key is over one column at least."
  )

  let key: NamedComponent

  package var subject: Subject { .component(key) }

  package var text: Phrase { "\(key) is over no column, so that it would name no row" }

  package var remedies: [Remedy] { [.words("leave it out, or name its columns")] }
}
