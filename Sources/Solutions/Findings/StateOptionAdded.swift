package struct StateOptionAdded: FindingContent {
  package static let kind = FindingKind(
    "0x8004431E",
    .error,
    "LY-907",
    "States of a table are fixed when it is made: none can be added."
  )

  let column: NamedComponent
  let value: String

  package var subject: Subject { .component(column) }

  package var text: Phrase { "the state \(value) cannot be added to \(column)" }

  package var because: [Phrase] { ["the states of a table are fixed when it is made"] }

  package var remedies: [Remedy] { [.words("add a status reason to one of its states")] }
}
