package struct KeyWithColumnsExists: FindingContent {
  package static let kind = FindingKind(
    "0x80060894",
    .error,
    "DP-204",
    "A table has one key of the same columns."
  )

  let key: NamedComponent
  let other: NamedComponent

  package var subject: Subject { .component(key) }

  package var text: Phrase { "\(key) has the columns of \(other), and rows need one of them" }

  package var remedies: [Remedy] { [.words("leave it out, or choose other columns")] }
}
