package struct PairsReturn: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.pairs-nowhere",
    .warning,
    .inferred("strata.trash"),
    "Pairs of rows come back as they were, also where one of the rows is gone since."
  )

  let relationship: NamedComponent
  let returning: RowQuestion.Pairs
  var answers = RowAnswers()

  package var subject: Subject { .component(relationship) }
  package var isMoot: Bool { answers.concernsNobody || answers.counts.isEmpty }
  package var text: Phrase { "pairs of \(relationship) come back, and a row of theirs is gone" }
  package var because: [Phrase] { answers.lines }
  package var questions: [RowQuestion] { [.unpaired(returning, of: relationship.id)] }
}
