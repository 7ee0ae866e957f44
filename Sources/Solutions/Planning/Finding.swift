/// Something to tell about a package or a plan; a refusal is an error finding, not an exception.
package struct Finding: Equatable, Sendable {
  package enum Severity: Int, Comparable, Sendable {
    case error
    case warning
    case info

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package let severity: Severity
  package let code: Code
  /// The rule of the specification that speaks.
  package let rule: String
  package let provenance: Provenance
  /// Which solution or component, `Kind:name`.
  package let subject: String
  package let message: String
  /// The chain of reasons, one line each.
  package let because: [String]
  /// What to do next.
  package let remedy: String?
  package let at: Location?
  /// What rows may have to say about it.
  package let questions: [RowQuestion]

  package init(
    _ severity: Severity,
    _ code: Code,
    rule: String,
    _ provenance: Provenance = .documented,
    subject: String,
    _ message: String,
    because: [String] = [],
    remedy: String? = nil,
    at: Location? = nil,
    asking questions: [RowQuestion] = []
  ) {
    self.severity = severity
    self.code = code
    self.rule = rule
    self.provenance = provenance
    self.subject = subject
    self.message = message
    self.because = because
    self.remedy = remedy
    self.at = at
    self.questions = questions
  }
}

/// How we know (design §3.7).
package enum Provenance: String, Sendable {
  case documented
  case inferred
  case assumed
}

/// Why a plan changes something.
package struct Reason: Equatable, Sendable {
  package let text: String
  package let rule: String
  package let provenance: Provenance

  package init(_ text: String, rule: String, _ provenance: Provenance = .documented) {
    self.text = text
    self.rule = rule
    self.provenance = provenance
  }

  var asDraft: Reason { Reason("\(text), as a draft", rule: rule, provenance) }
}

extension Finding: Comparable {
  /// Errors first; then by code, subject and place, so that the same input gives the same order.
  package static func < (left: Finding, right: Finding) -> Bool {
    if left.severity != right.severity { return left.severity < right.severity }
    if left.code != right.code { return left.code.text < right.code.text }
    if left.subject != right.subject { return left.subject < right.subject }
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
