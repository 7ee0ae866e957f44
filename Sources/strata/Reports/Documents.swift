import FoundationEssentials
import Solutions

/// A finding as other programs read it (contract: the same shape everywhere).
struct FindingDocument: Codable, Sendable {
  struct Place: Codable, Sendable {
    let file: String
    let line: Int
  }

  let severity: String
  let code: String
  let rule: String
  let provenance: String
  let subject: String
  let message: String
  let because: [String]
  @Nullable var remedy: String?
  @Nullable var at: Place?

  init(_ finding: Finding) {
    severity = finding.severity.word
    code = finding.code
    rule = finding.rule.id
    provenance = finding.rule.provenance.rawValue
    subject = finding.subject
    message = finding.message
    because = finding.because
    remedy = Remedies.sentence(of: finding)
    at = finding.at.map { Place(file: $0.file, line: $0.line) }
  }
}

/// A component as other programs read it.
struct ComponentDocument: Codable, Sendable {
  /// nil for framework kinds, whose number differs between environments (PF-710).
  @Nullable var type: Int?
  let kind: String
  let name: String
  @Nullable var id: String?
  @Nullable var parent: String?
  @Nullable var displayName: String?

  init(
    _ id: ComponentID,
    name: String,
    displayName: String?,
    parent: ComponentID?,
    kinds: ComponentKinds
  ) {
    type = id.type.number
    kind = kinds[id.type].name
    self.name = name
    self.id = GUID(name)?.description
    self.parent = parent.map { "\(kinds[$0.type].name):\($0.key)" }
    self.displayName = displayName
  }
}

extension ComponentDocument {
  init(_ component: Component, kinds: ComponentKinds) {
    self.init(
      component.id,
      name: component.name,
      displayName: component.displayName,
      parent: component.parent,
      kinds: kinds
    )
  }
}

/// Documents are spelled the same way on every run.
enum DocumentCoder {
  static func json(_ document: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  /// On one line, for columns of the history.
  static func line(_ document: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  static func decode<Document: Decodable>(_ type: Document.Type, _ bytes: [UInt8]) throws
    -> Document
  {
    try JSONDecoder().decode(type, from: Data(bytes))
  }
}
