package struct UnknownSetting: FindingContent {
  package static let kind = FindingKind(
    "strata.unknown-setting",
    .error,
    .inferred("LC-604"),
    "A settings file names what some package has."
  )

  let name: String
  /// An environment variable or a connection reference.
  let kindTitle: String

  package var subject: Subject { .entry(name) }

  package var text: Phrase {
    "the settings file names the \(kindTitle) \(name), and no package has it"
  }

  package var remedies: [Remedy] { [.words("correct the name"), .words("leave it out")] }
}
