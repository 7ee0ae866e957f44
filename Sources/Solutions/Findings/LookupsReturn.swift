package struct LookupsReturn: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.lookups-nowhere",
    .warning,
    .inferred("strata.trash"),
    "Lookups come back as they were, also where the row that they led to is gone since."
  )

  let column: NamedComponent
  /// The values, and where rows of the tables lie that they may lead to.
  let returning: RowQuestion.Returning
  var answers = RowAnswers()

  package var subject: Subject { .component(column) }
  package var isMoot: Bool { answers.concernsNobody || answers.counts.isEmpty }
  package var text: Phrase { "lookups of \(column) come back, and their rows are gone" }
  package var because: [Phrase] { answers.lines }
  package var questions: [RowQuestion] { [.nowhere(returning, of: column.id)] }
}
