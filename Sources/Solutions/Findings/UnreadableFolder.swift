/// Files of an unpacked solution that cannot be put together.
package struct UnreadableFolder: FindingContent {
  package static let kind = FindingKind(
    "strata.unreadable-folder",
    .error,
    "PF-1102",
    "The files of an unpacked solution make a package."
  )

  package struct Problem: Hashable, Sendable {
    /// Below the folder.
    package let path: String
    /// 0 where no line can be named.
    package let line: Int
    package let problem: String

    package init(path: String, line: Int, problem: String) {
      (self.path, self.line, self.problem) = (path, line, problem)
    }

    fileprivate var text: String {
      line > 0 ? "\(path), line \(line): \(problem)" : "\(path): \(problem)"
    }
  }

  let folder: String
  let problems: [Problem]

  package init(folder: String, problems: [Problem]) {
    self.folder = folder
    self.problems = problems
  }

  package var subject: Subject { .file(folder) }

  package var text: Phrase {
    guard problems.count == 1, let problem = problems.first else {
      return "\(problems.count.counted("problem")) in the folder, which makes no package"
    }
    return "\(problem.text)"
  }

  package var because: [Phrase] { problems.count > 1 ? problems.map { Phrase($0.text) } : [] }
}
