package struct ValueUnfit: FindingContent {
  package static let kind = FindingKind(
    "strata.value-kind",
    .warning,
    .inferred("LC-604"),
    "A variable's value fits its kind."
  )

  let variable: NamedComponent
  let before: VariableKind
  let after: VariableKind

  package var subject: Subject { .component(variable) }

  package var text: Phrase { "\(variable) becomes a \(after.word), and its current value is none" }

  package var because: [Phrase] { ["it was a \(before.word)"] }

  package var remedies: [Remedy] { [.giveSettings(.fittingValue)] }
}
