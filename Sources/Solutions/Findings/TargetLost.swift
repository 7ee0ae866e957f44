package struct TargetLost: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.target-lost",
    .warning,
    .inferred("LC-500"),
    "A lookup that stays no longer leads where it led."
  )

  let column: NamedComponent
  let relationship: NamedComponent
  /// The table's logical name.
  let target: String
  var answers = RowAnswers()

  package var subject: Subject { .component(column) }

  package var text: Phrase { "\(column) no longer leads to \(target)" }

  package var because: [Phrase] {
    [
      "\(relationship) is deleted and the column stays",
      "rows keep the ids that they hold, which lead nowhere then",
    ] + answers.lines
  }

  package var remedies: [Remedy] {
    [
      .words("release a version without the column first"),
      .words("or stage, and move the values to another column"),
    ]
  }

  package var questions: [RowQuestion] { [.leading(to: target, from: column.id)] }
}
