/// A current value of the target gives way to another one; secrets are not shown.
package struct ValueReplaced: FindingContent {
  package static let kind = FindingKind("strata.value-replaced", .warning, "lifecycle §6.4")

  let variable: NamedComponent
  let before: String
  let after: String
  let isSecret: Bool

  package var subject: Subject { .component(variable) }

  package var text: Phrase { "the current value of \(variable) is replaced" }

  package var because: [Phrase] {
    isSecret ? ["it is a secret and not shown"] : ["“\(before)” → “\(after)”"]
  }

  package var remedies: [Remedy] { [.giveSettings(.lastingValue)] }
}
