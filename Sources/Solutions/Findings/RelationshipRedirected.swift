package struct RelationshipRedirected: FindingContent {
  package static let kind = FindingKind(
    "strata.relationship-redirected",
    .error,
    .inferred("PF-950"),
    "What a relationship connects is fixed when it is created."
  )

  let relationship: NamedComponent
  /// `Name: old → new`.
  let moved: [String]

  package var subject: Subject { .component(relationship) }

  package var text: Phrase { "\(relationship) is redirected under the same name" }

  package var because: [Phrase] { moved.map { Phrase($0) } }

  package var remedies: [Remedy] {
    [
      .words(
        "in two steps: release a version without the relationship and its column, then one with the new; "
          + "or give the new one another name"
      )
    ]
  }
}
