package struct UnknownSetting: FindingContent {
  package static let kind = FindingKind(
    "strata.unknown-setting",
    .error,
    .inferred("LC-604"),
    "Settings name what some package, or the environment, has."
  )

  let name: String
  /// An environment variable or a connection reference.
  let kindTitle: String
  /// Whether packages are asked; else the environment is.
  let isOfPackages: Bool

  package var subject: Subject { .entry(name) }

  package var text: Phrase {
    "the settings name the \(kindTitle) \(name), and \(isOfPackages ? "no package" : "nothing here") has it"
  }

  package var remedies: [Remedy] { [.words("correct the name"), .words("leave it out")] }
}
