package struct OptionsLost: AnsweredByRows {
  package static let kind = FindingKind(
    "strata.options-lost",
    .warning,
    .inferred("LY-905"),
    "Rows that hold an option which goes keep its number, without a label."
  )

  struct Option: Equatable, Sendable {
    let value: String
    /// Empty where it has none.
    let label: String
  }

  let component: NamedComponent
  let options: [Option]
  var answers = RowAnswers()

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(options.count == 1 ? "an option" : "\(options.count) options") of \(component) "
      + "\(options.count == 1 ? "goes" : "go"): \(names.joined(separator: ", "))"
  }

  package var because: [Phrase] {
    ["rows that hold what goes keep the number, without a label"] + answers.lines
  }

  package var questions: [RowQuestion] {
    options.compactMap { option in
      Int(option.value).map { .holding(option: $0, of: component.id) }
    }
  }

  private var names: [String] {
    options.map { $0.value + ($0.label.isEmpty ? "" : " “\($0.label)”") }
  }
}
