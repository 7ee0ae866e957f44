package struct KeyColumnsChanged: FindingContent {
  package static let kind = FindingKind(
    "strata.key-columns",
    .warning,
    .inferred("LY-401"),
    "The columns of an alternate key are fixed, so that another choice makes another key."
  )

  let key: NamedComponent
  /// Sorted.
  let before: [String]
  let after: [String]

  package var subject: Subject { .component(key) }

  package var text: Phrase {
    "the columns of \(key) change from \(before.joined(separator: ", ")) to \(after.joined(separator: ", "))"
  }

  package var because: [Phrase] {
    ["a key's columns are fixed: it is deleted and created again, with a new index"]
  }
}
