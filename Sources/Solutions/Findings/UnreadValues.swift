package struct UnreadValues: FindingContent {
  package static let kind = FindingKind(
    "strata.no-identity",
    .warning,
    "PF-109",
    "Values of environment variables come in a file that can be read."
  )

  let file: String

  package init(file: String) { self.file = file }

  package var subject: Subject { .file(file) }

  package var text: Phrase { "the values in \(file) cannot be read: none is set" }

  package var remedies: [Remedy] { [.giveSettings(.values)] }
}
