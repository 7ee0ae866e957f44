package struct OnlyActiveLayer: FindingContent {
  package static let kind = FindingKind(
    "strata.no-active-layer",
    .error,
    .inferred("LY-1102"),
    "Nothing is left of an unmanaged component without its layer."
  )

  let component: NamedComponent
  let isDraft: Bool

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    isDraft
      ? "\(component) is only a draft; without it nothing would be left"
      : "\(component) has only an unmanaged layer; without it nothing would be left"
  }

  package var remedies: [Remedy] { [.remove(component)] }
}
