package struct NothingToPublish: FindingContent {
  package static let kind = FindingKind(
    "strata.nothing-to-publish",
    .info,
    "LC-331",
    "Only drafts can be published."
  )

  let component: NamedComponent
  let takesEffectAtOnce: Bool

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    takesEffectAtOnce
      ? "\(component) takes effect at once; there is nothing to publish"
      : "\(component) has no draft; it is published as it is"
  }
}
