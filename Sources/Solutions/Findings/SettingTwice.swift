package struct SettingTwice: FindingContent {
  package static let kind = FindingKind(
    "strata.setting-twice",
    .error,
    .inferred("LC-604"),
    "A settings file names each variable and each connection reference once."
  )

  let name: String
  /// An environment variable or a connection reference.
  let kindTitle: String

  package var subject: Subject { .entry(name) }

  package var text: Phrase { "the settings file names the \(kindTitle) \(name) twice" }

  package var remedies: [Remedy] { [.words("leave one of the two out")] }
}
