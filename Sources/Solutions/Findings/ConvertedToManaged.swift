package struct ConvertedToManaged: FindingContent {
  package static let kind = FindingKind(
    "strata.converted-to-managed",
    .warning,
    .inferred("C-3"),
    "A managed layer slides under an unmanaged definition, which stays on top."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(component) exists unmanaged and becomes managed; the unmanaged definition stays on top as active layer"
  }
}
