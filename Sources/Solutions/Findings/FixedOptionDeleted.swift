package struct FixedOptionDeleted: FindingContent {
  package static let kind = FindingKind(
    "strata.fixed-option-deleted",
    .error,
    .inferred("LY-907"),
    "States of a table and the options of a column of two cannot go."
  )

  let column: NamedComponent
  let value: String
  let isState: Bool

  package var subject: Subject { .component(column) }

  package var text: Phrase {
    "the \(isState ? "state" : "option") \(value) of \(column) cannot be deleted"
  }

  package var because: [Phrase] {
    [
      isState
        ? "the states of a table are fixed when it is made, and rows may be in this one"
        : "a column of two options always has both"
    ]
  }

  package var remedies: [Remedy] { [.words("keep it; its label may change")] }
}
