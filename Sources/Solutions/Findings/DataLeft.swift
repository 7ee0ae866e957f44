package struct DataLeft: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.data-stays",
    .info,
    .inferred("strata.trash"),
    "Values of the trash stay there when that is asked for."
  )

  let component: NamedComponent
  let incarnation: Incarnation.ID
  /// Rows, pairs or values.
  let data: String
  var answers = RowAnswers()

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "the \(data) of \(component) stay in the trash, as entry \(incarnation)"
  }

  package var because: [Phrase] { answers.lines }

  package var remedies: [Remedy] { [.restoreTrash(incarnation)] }

  package var questions: [RowQuestion] { [.lying(in: incarnation, of: component.id)] }
}
