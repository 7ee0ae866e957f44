package struct AssumptionsDropped: FindingContent {
  package static let kind = FindingKind(
    "strata.assumed-present",
    .info,
    .inferred("PF-305"),
    "What was only taken to be there goes with the last who needed it."
  )

  /// Those that have a place for values.
  let components: [NamedComponent]

  package var subject: Subject { .plan }

  package var text: Phrase {
    "\(components.count == 1 ? "1 component is" : "\(components.count) components are") known here only because what goes "
      + "lay over it; values written here are kept in the trash"
  }

  package var because: [Phrase] { components.lines }
}
