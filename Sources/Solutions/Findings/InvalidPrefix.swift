package struct InvalidPrefix: FindingContent {
  package static let kind = FindingKind(
    "strata.publisher-prefix",
    .warning,
    .inferred("LC-101"),
    "A customization prefix is 2 to 8 letters and digits, a letter first, and not that of the platform."
  )

  package let subject: Subject
  let prefix: String
  /// Real packages have such prefixes, so a package is only warned about; a new publisher is refused.
  private let isNew: Bool

  package init(solution: SolutionName, prefix: String) {
    (subject, isNew) = (.solution(solution), false)
    self.prefix = prefix
  }

  init(publisher: PublisherName, prefix: String) {
    (subject, isNew) = (.entry(publisher.text), true)
    self.prefix = prefix
  }

  package var severity: Finding.Severity { isNew || isOfPlatform ? .error : Self.kind.severity }

  package var text: Phrase {
    "the customization prefix “\(prefix)” is not 2 to 8 letters and digits, a letter first"
      + (isOfPlatform ? "; mscrm is the platform's own" : "")
  }

  private var isOfPlatform: Bool { prefix.hasPrefix("mscrm") }
}
