package struct DateBehaviorChanged: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.date-behavior",
    .warning,
    .inferred("LC-500"),
    "The platform turns user local columns into date only or time zone independent ones, and nothing back."
  )

  let column: NamedComponent
  let before: DateBehavior
  let after: DateBehavior
  var answers = RowAnswers()

  /// Whether the platform offers the change.
  var isOffered: Bool { before == .userLocal }

  package var subject: Subject { .component(column) }

  package var text: Phrase { "the values of \(column) turn from \(before.word) to \(after.word)" }

  package var because: [Phrase] {
    (isOffered
      ? ["what was shown in the time zone of each user is shown in UTC to all"]
      : ["once a column is \(before.word), the platform does not change it any more"])
      + answers.lines
  }

  package var questions: [RowQuestion] { isOffered ? [.moments(in: column.id)] : [] }

  package var remedies: [Remedy] {
    isOffered ? [] : [.words("give a column of the new behavior another name")]
  }
}

/// What the moments of a column mean.
enum DateBehavior: String, Sendable {
  case userLocal = "1"
  case dateOnly = "2"
  case timeZoneIndependent = "3"

  var word: String {
    switch self {
    case .userLocal: "user local"
    case .dateOnly: "date only"
    case .timeZoneIndependent: "time zone independent"
    }
  }
}
