package struct DataReturns: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.data-returns",
    .info,
    .inferred("strata.trash"),
    "Values of the trash come back with the table or column that they belong to."
  )

  struct Entry: Equatable, Sendable {
    let component: NamedComponent
    let incarnation: Incarnation.ID
  }

  /// In order of identity, never empty.
  let entries: [Entry]
  /// What comes back with the first: rows, pairs or values.
  let data: String
  var answers = RowAnswers()

  package var subject: Subject { .one(of: entries.map(\.component), else: .plan) }

  package var text: Phrase {
    entries.count == 1
      ? "the \(data) of \(entries[0].component) come back from the trash, where they are entry \(entries[0].incarnation)"
      : "the data of \(entries.count) components comes back from the trash"
  }

  package var because: [Phrase] {
    (entries.count == 1
      ? [] : entries.map { "\(address: $0.component) has entry \($0.incarnation)" })
      + answers.lines
  }

  package var remedies: [Remedy] { [.leaveInTrash] }

  package var questions: [RowQuestion] {
    entries.map { .lying(in: $0.incarnation, of: $0.component.id) }
  }
}
