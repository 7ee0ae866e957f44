package struct DataStays: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.data-stays",
    .warning,
    .inferred("strata.trash"),
    "Values of the trash stay there where the component is no longer what they were written for."
  )

  let component: NamedComponent
  let incarnation: Incarnation.ID
  /// Rows, pairs or values.
  let data: String
  let obstacle: String
  var answers = RowAnswers()

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "the \(data) of \(component) stay in the trash, as entry \(incarnation): \(obstacle)"
  }

  package var because: [Phrase] { answers.lines }

  package var remedies: [Remedy] {
    [.restoreTrash(incarnation, whereAsBefore: component.title.lowercased())]
  }

  package var questions: [RowQuestion] { [.lying(in: incarnation, of: component.id)] }
}
