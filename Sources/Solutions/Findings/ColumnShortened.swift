package struct ColumnShortened: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.column-shortened",
    .warning,
    .inferred("LC-500"),
    "A shorter maximum length leaves stored text as it is and refuses it when it is written again."
  )

  let column: NamedComponent
  let before: Int
  let after: Int
  var answers = RowAnswers()

  package var subject: Subject { .component(column) }

  package var text: Phrase {
    "the maximum length of \(column) is cut from \(before) to \(after)"
  }

  package var because: [Phrase] {
    ["stored text stays as it is; longer values are refused when they are written again"]
      + answers.lines
  }

  package var questions: [RowQuestion] { [.longer(than: after, in: column.id)] }
}
