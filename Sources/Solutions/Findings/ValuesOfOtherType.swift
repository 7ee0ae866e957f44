package struct ValuesOfOtherType: FindingContent {
  package static let kind = FindingKind(
    "strata.column-type",
    .error,
    .inferred("LC-500"),
    "Values of the trash go back only into a column that reads them."
  )

  let column: NamedComponent
  let before: String
  let after: String

  package var subject: Subject { .component(column) }

  package var text: Phrase {
    "the values of \(column) in the trash are of the type \(before), and it is of the type \(after) now"
  }

  package var because: [Phrase] { ["a column's type is fixed when it is created"] }

  package var remedies: [Remedy] {
    [
      .words("import a version in which it is \(before), and restore then"),
      .words("or roll back to where it was"),
    ]
  }
}
