package struct NothingToCustomize: FindingContent {
  package static let kind = FindingKind(
    "0x8004801F",
    .error,
    "LY-101",
    "Unmanaged work goes on what the environment has."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase { "the environment has no \(component)" }
}
