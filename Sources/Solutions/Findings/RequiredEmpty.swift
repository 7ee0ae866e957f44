package struct RequiredEmpty: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.required-empty",
    .warning,
    .inferred("strata.trash"),
    "A column that the system requires comes back without a value in rows that were written since."
  )

  let column: NamedComponent
  let incarnation: Incarnation.ID
  var answers = RowAnswers()

  package var subject: Subject { .component(column) }
  package var isMoot: Bool { answers.concernsNobody || answers.counts.isEmpty }

  package var text: Phrase {
    "the system requires a value in \(column), and not all rows get one back"
  }

  package var because: [Phrase] {
    answers.lines + ["such rows are refused when they are written again without one"]
  }

  package var questions: [RowQuestion] { [.lacking(in: incarnation, of: column.id)] }
}
