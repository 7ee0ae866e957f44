package struct MalformedPart: FindingContent {
  package static let kind = FindingKind(
    "0x80048013",
    .error,
    "PF-1102",
    "The parts of a package are well-formed XML or JSON."
  )

  let part: String
  let line: Int
  let problem: String

  package init(part: String, line: Int, problem: String) {
    self.part = part
    self.line = line
    self.problem = problem
  }

  package var subject: Subject { .file(part) }

  package var text: Phrase {
    line > 0
      ? "cannot read \(part), line \(line): \(problem)" : "cannot read \(part): \(problem)"
  }

  package var remedies: [Remedy] { [.words("correct it there, or use the file as exported")] }
}
