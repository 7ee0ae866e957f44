package struct MemberNotThere: FindingContent {
  package static let kind = FindingKind(
    "0x80048537",
    .error,
    "LC-111",
    "A solution lists what its environment has."
  )

  let component: NamedComponent

  package var subject: Subject { .component(component) }

  package var text: Phrase { "the environment has no \(component)" }
}
