/// Words of a readable file that cannot be meant, and what is missing in it.
package struct DescriptionUnsound: FindingContent {
  package static let kind = FindingKind(
    "strata.description-unsound",
    .error,
    "strata.description",
    "A readable file says what it describes in words that are known, and all that is needed."
  )

  package struct Problem: Hashable, Sendable {
    /// 0 where no line can be named.
    package let line: Int
    package let problem: Phrase

    package init(line: Int, problem: Phrase) { (self.line, self.problem) = (line, problem) }

    fileprivate var text: Phrase { line > 0 ? "line \(line): \(problem)" : problem }
  }

  let file: String
  let problems: [Problem]

  /// - Parameter problems: one at least.
  package init(file: String, problems: [Problem]) { (self.file, self.problems) = (file, problems) }

  package var subject: Subject { .file(file) }

  package var text: Phrase {
    guard problems.count == 1, let problem = problems.first else {
      return "\(problems.count) problems in the file; nothing of it is planned"
    }
    return problem.problem
  }

  package var because: [Phrase] { problems.count > 1 ? problems.map(\.text) : [] }

  /// Where the first is.
  var location: Location { Location(file: file, line: problems.first?.line ?? 0) }
}
