package struct MomentsBecomeDays: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.moments-days",
    .warning,
    .inferred("LC-500"),
    "A column of moments that turns into days keeps what it has, and shows and finds it by its day."
  )

  let column: NamedComponent
  var answers = RowAnswers()

  package var subject: Subject { .component(column) }

  package var severity: Finding.Severity {
    let isMidnight = answers.counts.contains { count in
      if case .notMidnight = count.question { count.rows == 0 } else { false }
    }
    return isMidnight ? .info : Self.kind.severity
  }

  package var text: Phrase { "the moments of \(column) turn into days" }

  package var because: [Phrase] {
    answers.lines + ["they stay as they are, and are shown and found by their day in UTC"]
  }

  package var questions: [RowQuestion] {
    [.moments(in: column.id), .notMidnight(in: column.id)]
  }
}
