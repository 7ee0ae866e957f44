package struct PairsOfOtherTables: FindingContent {
  package static let kind = FindingKind(
    "strata.relationship-redirected",
    .error,
    .inferred("strata.trash"),
    "Pairs of rows come back between the same tables, under the same name, or not at all."
  )

  struct Pair: Equatable, Sendable {
    let name: String
    let columns: [String]
  }

  let relationship: NamedComponent
  let before: Pair
  /// nil where it is no many-to-many relationship any more.
  let after: Pair?

  package var subject: Subject { .component(relationship) }

  package var text: Phrase {
    "the pairs of \(relationship) in the trash are those of \(before.name) (\(before.columns.joined(separator: ", "))), "
      + "and it has other ones now"
  }

  package var because: [Phrase] {
    guard let after else { return ["it is no many-to-many relationship any more"] }
    return ["it leads by \(after.name) (\(after.columns.joined(separator: ", ")))"]
  }

  package var remedies: [Remedy] { [.words("roll back the operation that dropped it")] }
}
