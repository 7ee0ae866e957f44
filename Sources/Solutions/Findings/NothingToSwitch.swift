package struct NothingToSwitch: FindingContent {
  package static let kind = FindingKind(
    "0x8004801F",
    .error,
    "LC-601",
    "Only what the environment has can be switched on or off."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase { "the environment has no \(component)" }
}
