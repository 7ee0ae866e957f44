package struct ValueReplaced: FindingContent {
  package static let kind = FindingKind(
    "strata.value-replaced",
    .warning,
    "LC-604",
    "A current value of the target gives way to another one; secrets are not shown."
  )

  let variable: NamedComponent
  /// nil for a secret.
  let values: Values?

  struct Values: Sendable, Equatable {
    let before: String
    let after: String
  }

  package var subject: Subject { .component(variable) }

  package var text: Phrase { "the current value of \(variable) is replaced" }

  package var because: [Phrase] {
    values.map { ["“\($0.before)” → “\($0.after)”"] } ?? ["it is a secret and not shown"]
  }

  package var remedies: [Remedy] { [.giveSettings(.lastingValue)] }
}
