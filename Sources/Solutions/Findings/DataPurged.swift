package struct DataPurged: FindingContent {
  package static let kind = FindingKind(
    "strata.purged",
    .warning,
    .inferred("strata.trash"),
    "What was purged from the trash does not come back with its component."
  )

  let component: NamedComponent
  /// Whether it was made anew since and has data of its own.
  let isMadeAnew: Bool

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "the data of \(component) was purged from the trash; "
      + (isMadeAnew ? "it keeps what was written since" : "it comes back empty")
  }
}
