package struct BooleanOptionAdded: FindingContent {
  package static let kind = FindingKind(
    "0x8004431D",
    .error,
    "LY-907",
    "A column of two options takes no others."
  )

  let column: NamedComponent
  let value: String

  package var subject: Subject { .component(column) }

  package var text: Phrase { "\(column) has two options, 0 and 1, and takes no option \(value)" }

  package var remedies: [Remedy] {
    [.words("leave the option out"), .words("make a choice column with these options")]
  }
}
