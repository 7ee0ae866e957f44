package struct ColumnNarrowed: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.column-narrowed",
    .warning,
    .inferred("LC-500"),
    "A narrower range leaves stored numbers as they are and refuses them when they are written again."
  )

  /// What a column of numbers takes; nil where that side is open.
  struct Limits: Hashable, Sendable {
    let min: Double?
    let max: Double?
  }

  let column: NamedComponent
  /// `MinValue: old → new`.
  let moved: [String]
  let limits: Limits
  var answers = RowAnswers()

  package var subject: Subject { .component(column) }

  package var text: Phrase { "\(column) takes fewer numbers than before" }

  package var because: [Phrase] {
    moved.map { Phrase($0) }
      + ["stored numbers stay as they are; those outside are refused when they are written again"]
      + answers.lines
  }

  package var questions: [RowQuestion] {
    [.outside(min: limits.min, max: limits.max, in: column.id)]
  }
}
