package struct NoActiveLayer: FindingContent {
  package static let kind = FindingKind(
    "strata.no-active-layer",
    .error,
    "LY-1101",
    "Only what has an unmanaged layer can be reset."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) has no unmanaged layer" }
}
