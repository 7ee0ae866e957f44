package struct NeedsPublishing: FindingContent {
  package static let kind = FindingKind(
    "strata.needs-publishing",
    .warning,
    .inferred("LC-331"),
    "What is published may not rest on what is only a draft."
  )

  let component: NamedComponent
  /// Components that are only drafts, in order of identity.
  let drafts: [NamedComponent]

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) names what is only a draft" }

  package var because: [Phrase] { drafts.map { "\(address: $0) was never published" } }

  package var remedies: [Remedy] { [.publish(drafts)] }
}
