package struct GoesWithTable: FindingContent {
  package static let kind = FindingKind(
    "0x80047002",
    .error,
    "LC-500",
    "What the platform made with a table goes with it only."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) goes with its table only" }
}
