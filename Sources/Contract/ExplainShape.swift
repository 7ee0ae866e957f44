package import Solutions

/// `explain --json`: what a code, a rule or a word means.
package struct ExplainShape: Shape {
  package static let format = "strata.explain"

  package struct FindingEntry: Codable, Sendable {
    package let code: String
    package let severity: Wire.Severity
    package let says: String
    package let rule: String
  }

  package struct RuleEntry: Codable, Sendable {
    package let id: String
    package let says: String
    package let provenance: Wire.Provenance
    package let source: String
    /// Codes of the findings that cite it first.
    package let codes: [String]
  }

  package struct WordEntry: Codable, Sendable {
    package let word: String
    package let says: String
    package let example: String
    /// A command that shows it.
    package let look: String

    package init(word: String, says: String, example: String, look: String) {
      (self.word, self.says, self.example, self.look) = (word, says, example, look)
    }
  }

  package let findings: [FindingEntry]
  package let rules: [RuleEntry]
  package let words: [WordEntry]

  package init(findings: [FindingKind], rules: [RuleText], words: [WordEntry]) {
    self.findings = findings.map {
      FindingEntry(
        code: $0.code,
        severity: Wire.Severity($0.severity),
        says: $0.says,
        rule: $0.rule.id
      )
    }
    self.rules = rules.map { rule in
      RuleEntry(
        id: rule.id,
        says: rule.says,
        provenance: Wire.Provenance(rule.provenance),
        source: rule.source,
        codes: Set(FindingKind.known.filter { $0.rule.id == rule.id }.map(\.code)).sorted()
      )
    }
    self.words = words
  }
}
