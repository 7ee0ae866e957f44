package struct UnreadableArchive: FindingContent {
  package static let kind = FindingKind(
    "0x80048495",
    .error,
    "PF-1102",
    "A package is an archive that can be read."
  )

  let file: String
  /// nil where the archive itself cannot be read.
  let entry: String?
  let problem: String

  package init(file: String, entry: String?, problem: String) {
    self.file = file
    self.entry = entry
    self.problem = problem
  }

  package var subject: Subject { .file(file) }

  package var text: Phrase {
    "cannot read the archive\(entry.map { ", entry “\($0)”" } ?? ""): \(problem)"
  }

  package var remedies: [Remedy] { [.words("export or download the package again")] }
}
