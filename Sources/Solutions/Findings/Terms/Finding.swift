/// Something to tell about a package or a plan, and where it stands; a refusal is an error finding, not an exception.
package struct Finding: Sendable {
  package enum Severity: Int, Comparable, Sendable {
    case error
    case warning
    case info

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package let content: any FindingContent
  package let at: Location?

  package init(_ content: any FindingContent, at: Location? = nil) {
    self.content = content
    self.at = at
  }
}

/// What a finding says, in words; a face that prints links or buttons asks its content.
extension Finding {
  package var kind: FindingKind { type(of: content).kind }
  package var severity: Severity { content.severity }
  package var code: String { kind.code }
  /// The rule of the specification that speaks.
  package var rule: Rule { content.rule }
  /// Which solution or component, `Kind:name`.
  package var subject: String { content.subject.text }
  package var message: String { content.text.words }
  /// The chain of reasons, one line each.
  package var because: [String] { content.because.map(\.words) }
  /// What to do next.
  package var remedies: [Remedy] { content.remedies }
  /// What rows may have to say about it.
  package var questions: [RowQuestion] { content.questions }
  package var isMoot: Bool { content.isMoot }

  /// The same with what rows say to its questions.
  package func answered(_ counts: [RowQuestion: Int]) -> Finding {
    Finding(content.answered(counts), at: at)
  }

  /// Whether it is one of a kind.
  package func tells<Content: FindingContent>(_ content: Content.Type) -> Bool {
    self.content is Content
  }
}

extension Finding: Equatable {
  package static func == (left: Finding, right: Finding) -> Bool {
    left.at == right.at && left.content.isEqual(to: right.content)
  }
}

extension Finding: Comparable {
  /// Errors first; then by code, subject and place, so that the same input gives the same order.
  package static func < (left: Finding, right: Finding) -> Bool {
    if left.severity != right.severity { return left.severity < right.severity }
    if left.code != right.code { return left.code < right.code }
    let (leftSubject, rightSubject) = (left.subject, right.subject)
    if leftSubject != rightSubject { return leftSubject < rightSubject }
    if left.at?.line != right.at?.line { return (left.at?.line ?? 0) < (right.at?.line ?? 0) }
    return left.message < right.message
  }
}

extension Finding.Severity {
  /// As it is spelled in documents.
  package var word: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .info: "info"
    }
  }
}
