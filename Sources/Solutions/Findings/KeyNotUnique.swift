package struct KeyNotUnique: FindingContent {
  package static let kind = FindingKind(
    "strata.key-not-unique",
    .error,
    .inferred("LC-500"),
    "A key is activated only when no two rows are equal under it (LC-500)."
  )

  let key: NamedComponent
  let equal: EqualRows

  package var subject: Subject { .component(key) }

  package var text: Phrase {
    "\(equal.rows) rows are equal in \(equal.columns.joined(separator: ", ")), so \(key) cannot be active"
  }

  package var because: [Phrase] { equal.because }

  package var remedies: [Remedy] { [.words("put the rows right, then activate the key")] }
}
