package struct SettingUnfit: FindingContent {
  package static let kind = FindingKind(
    "strata.setting-unfit",
    .error,
    .inferred("LC-604"),
    "A value that is given fits the kind of its variable."
  )

  let variable: NamedComponent
  let kind: VariableKind

  package var subject: Subject { .component(variable) }

  package var text: Phrase { "\(variable) is a \(kind.word), and the value that is given is none" }

  package var remedies: [Remedy] { [.words("give a \(kind.word)")] }
}
