package struct NoPackage: FindingContent {
  package static let kind = FindingKind(
    "0x80048060",
    .error,
    "LC-120",
    "A package has solution.xml, customizations.xml and [Content_Types].xml at its root."
  )

  let file: String
  let missing: [String]

  package init(file: String, missing: [String]) {
    self.file = file
    self.missing = missing
  }

  package var subject: Subject { .file(file) }

  package var text: Phrase {
    "not a solution package: \(missing.joined(separator: ", ")) not found at the root"
  }

  package var remedies: [Remedy] {
    [.words("zip the files themselves, not the folder around them")]
  }
}
