package struct NoManifest: FindingContent {
  package static let kind = FindingKind(
    "0x80048013",
    .error,
    "LC-121",
    "A package says in solution.xml which solution it carries."
  )

  let file: String

  package init(file: String) { self.file = file }

  package var subject: Subject { .file(file) }

  package var text: Phrase { "solution.xml has no SolutionManifest" }
}
