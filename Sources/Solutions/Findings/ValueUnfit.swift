package struct ValueUnfit: FindingContent {
  package static let kind = FindingKind(
    "strata.value-kind",
    .warning,
    .inferred("LC-604"),
    "A variable's value fits its kind."
  )

  enum Value: Equatable, Sendable {
    /// It stays, and the variable is of another kind now.
    case current(before: VariableKind?)
    /// The package brings it along.
    case carried
    case isDefault
  }

  let variable: NamedComponent
  let kind: VariableKind
  let value: Value

  package var subject: Subject { .component(variable) }

  package var text: Phrase {
    switch value {
    case .current: "\(variable) becomes a \(kind.word), and its current value is none"
    case .carried: "\(variable) is a \(kind.word), and its value in the package is none"
    case .isDefault: "\(variable) is a \(kind.word), and its default is none"
    }
  }

  package var because: [Phrase] {
    guard case .current(let before?) = value else { return [] }
    return ["it was a \(before.word)"]
  }

  package var remedies: [Remedy] { [.giveSettings(.fittingValue)] }
}
