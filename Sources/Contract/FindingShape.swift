package import Solutions

/// A finding as other programs read it (contract: the same shape everywhere).
package struct FindingShape: Codable, Sendable {
  package struct Place: Codable, Sendable {
    package let file: String
    /// From 1; 0 where there is none.
    package let line: Count

    init(_ location: Location) {
      file = location.file
      line = Count(counted: location.line)
    }
  }

  package let severity: Wire.Severity
  package let code: String
  package let rule: String
  package let provenance: Wire.Provenance
  package let subject: String
  package let message: String
  package let because: [String]
  @Nullable package var remedy: String?
  @Nullable package var at: Place?
  /// Who says so, where that is no package; absent otherwise.
  package let source: Wire.Source?

  /// - Parameter spelled: how the face spells a way to go on.
  package init(_ finding: Finding, spelled: (Remedy) -> String) {
    severity = Wire.Severity(finding.severity)
    code = finding.code
    rule = finding.rule.id
    provenance = Wire.Provenance(finding.rule.provenance)
    subject = finding.subject
    message = finding.message
    because = finding.because
    source = finding.content.isTold ? .environment : nil
    remedy = finding.remedies.sentence(spelled)
    at = finding.at.map { Place($0) }
  }
}
