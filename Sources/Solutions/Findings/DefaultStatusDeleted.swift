package struct DefaultStatusDeleted: FindingContent {
  package static let kind = FindingKind(
    "0x80044341",
    .error,
    "LY-907",
    "A status reason that a state falls back to cannot go."
  )

  let column: NamedComponent
  let value: String

  package var subject: Subject { .component(column) }

  package var text: Phrase {
    "the status reason \(value) is the default of a state and cannot be deleted"
  }

  package var because: [Phrase] { ["\(column) no longer lists it"] }

  package var remedies: [Remedy] {
    [.words("keep it"), .words("make another status reason the default first")]
  }
}
