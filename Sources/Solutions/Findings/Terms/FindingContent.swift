/// What a finding says, as a value: the facts, from which words, reasons and remedies follow.
///
/// Each lies in a file of its own beside this folder, has a line in `FindingKind.all` and a sample in the tests. Its kind
/// is its row in docs/findings.md.
package protocol FindingContent: Equatable, Sendable {
  static var kind: FindingKind { get }
  /// The kind's, unless the facts decide.
  var severity: Finding.Severity { get }
  var rule: Rule { get }
  var subject: Subject { get }
  /// One sentence without a full stop.
  var text: Phrase { get }
  /// Why, one line each, from the first cause on.
  var because: [Phrase] { get }
  /// What can be done, the best first.
  var remedies: [Remedy] { get }
  /// What rows may have to say about it.
  var questions: [RowQuestion] { get }
  /// The same with what rows say; what concerns none of them is no warning.
  ///
  /// - Parameter counts: by question; as long as one has no answer all stay open.
  func answered(_ counts: [RowQuestion: Int]) -> Self
  /// Whether it need not be told, by what rows have said or as long as nobody has asked them.
  var isMoot: Bool { get }
  /// Whether it rests on what an environment told, and not on packages alone.
  var isTold: Bool { get }
}

extension FindingContent {
  package var severity: Finding.Severity { Self.kind.severity }
  package var rule: Rule { Self.kind.rule }
  package var because: [Phrase] { [] }
  package var remedies: [Remedy] { [] }
  package var questions: [RowQuestion] { [] }
  package var isMoot: Bool { false }
  package var isTold: Bool { false }
  package func answered(_ counts: [RowQuestion: Int]) -> Self { self }

  func isEqual(to other: any FindingContent) -> Bool { (other as? Self) == self }
}

/// What is the same of all findings of one type.
package struct FindingKind: Hashable, Sendable {
  /// Stable: the platform's where it has one, `strata.…` where it has none (errors.md).
  package let code: String
  package let severity: Finding.Severity
  package let rule: Rule
  /// The requirement or the fact behind it, one sentence or two.
  package let says: String

  init(_ code: String, _ severity: Finding.Severity, _ rule: Rule, _ says: String) {
    self.code = code
    self.severity = severity
    self.rule = rule
    self.says = says
  }
}

/// How we know.
package enum Provenance: String, Sendable {
  case documented
  case inferred
  case assumed
}

/// A rule of the specification, and how well it is known; docs/rules.md has a row for each.
package struct Rule: Hashable, Sendable, ExpressibleByStringLiteral {
  package let id: String
  package let provenance: Provenance

  private init(_ id: String, _ provenance: Provenance) {
    self.id = id
    self.provenance = provenance
  }

  /// A documented one.
  package init(stringLiteral id: String) { self.init(id, .documented) }

  package static func inferred(_ id: String) -> Rule { Rule(id, .inferred) }
}

/// Why a plan changes something.
package struct Reason: Equatable, Sendable {
  package let text: String
  package let rule: Rule

  package init(_ text: String, rule: Rule) {
    self.text = text
    self.rule = rule
  }

  var asDraft: Reason { Reason("\(text), as a draft", rule: rule) }
}
