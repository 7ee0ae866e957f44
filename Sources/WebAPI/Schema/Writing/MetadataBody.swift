internal import JSON
internal import Solutions

/// A definition as a client sends it.
struct MetadataBody: Sendable {
  /// In the order of the text; null says nothing.
  private(set) var members: [(name: String, value: JSONValue)]

  init(_ value: JSONValue, _ what: String) throws {
    guard value.kind == .object else { throw WebError.badBody("\(what) is no object") }
    members = value.members.filter { $0.value.kind != .null }.map {
      (name: $0.key, value: $0.value)
    }
  }

  init(_ request: WebRequest) throws {
    guard !request.body.isEmpty else { throw WebError.badBody("the body is empty") }
    try self.init(try JSONDocument(request.body, limits: .standard).root, "the body")
  }

  subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

  /// Only what differs from what a definition says already.
  func changing(_ record: Record) -> MetadataBody {
    var body = self
    body.members.removeAll { name, value in
      name.contains("@") || Cell.unsaid.contains(name)
        || record[name].map { $0.says(value) } ?? false
    }
    return body
  }

  /// With what another body says beside it.
  func completed(by other: MetadataBody) -> MetadataBody {
    var body = self
    body.members += other.members.filter { self[$0.name] == nil }
    return body
  }

  // MARK: Values

  /// `Microsoft.Dynamics.CRM.ComplexStringAttributeMetadata` as `StringAttributeMetadata`; nil where no type is said.
  var type: String? {
    guard let text = self["@odata.type"]?.text, let last = text.split(separator: ".").last else {
      return nil
    }
    let name = String(last.drop { $0 == "#" })
    return name.hasPrefix("Complex") ? String(name.dropFirst("Complex".count)) : name
  }

  func text(_ name: String) throws -> String? {
    guard let value = self[name] else { return nil }
    guard let text = value.text else { throw WebError.badBody("\(name) is no text") }
    return text
  }

  /// A text that has to be said.
  func required(_ name: String) throws -> String {
    guard let text = try text(name), !text.isEmpty else {
      throw WebError.badBody("\(name) is missing")
    }
    return text
  }

  /// The word of an enumeration, alone or as a `Value`.
  func word(_ name: String) throws -> String? {
    guard let value = self[name] else { return nil }
    guard let text = (value["Value"] ?? value).text else {
      throw WebError.badBody("\(name) is no word")
    }
    return text.isEmpty ? nil : text
  }

  /// Yes or no, alone or as a `Value`.
  func flag(_ name: String) throws -> Bool? {
    guard let value = self[name] else { return nil }
    guard let flag = (value["Value"] ?? value).boolean else {
      throw WebError.badBody("\(name) is true or false")
    }
    return flag
  }

  /// A number as files spell it: `-100000000000.0` is whole.
  func number(_ name: String) throws -> String? {
    guard let value = self[name] else { return nil }
    guard value.kind == .number, let lexeme = value.lexeme, let number = Double(lexeme) else {
      throw WebError.badBody("\(name) is no number")
    }
    guard let whole = Int(exactly: number) else { return "\(number)" }
    return String(whole)
  }

  /// Texts by language; nil where none is said.
  func labels(_ name: String) throws -> Described? { try Self.labels(self[name], name) }

  static func labels(_ value: JSONValue?, _ name: String) throws -> Described? {
    guard let value, value.kind != .null else { return nil }
    guard value.kind == .object else { throw WebError.badBody("\(name) is no label") }
    let listed = value["LocalizedLabels"]?.elements.map { $0 } ?? []
    let own = value["UserLocalizedLabel"].flatMap { $0.kind == .object ? $0 : nil }
    let all = listed.isEmpty ? [own].compactMap { $0 } : listed
    var labels: [(name: String, value: Described)] = []
    for label in all {
      guard let text = label["Label"]?.text else { continue }
      let language = String(label["LanguageCode"]?.integer ?? 1033)
      guard !labels.contains(where: { $0.name == language }) else { continue }
      labels.append((language, .text(text)))
    }
    return labels.isEmpty ? nil : .pairs(labels)
  }

  func list(_ name: String) throws -> [JSONValue]? {
    guard let value = self[name] else { return nil }
    guard value.kind == .array else { throw WebError.badBody("\(name) is no list") }
    return Array(value.elements)
  }

  /// What is said beside these is not written here, and refused rather than lost.
  ///
  /// - Parameter what: a definition as people call it.
  func requireKnown(_ known: Set<String>, of what: String) throws {
    for (name, _) in members
    where !known.contains(name) && !name.contains("@") && !Cell.unsaid.contains(name) {
      throw WebError(missing: "\(name.shown(80)) of \(what)")
    }
  }
}

extension Cell {
  /// What follows from other values, or is nobody's to say.
  static let unsaid: Set<String> = [
    "MetadataId", "HasChanged", "IsManaged", "UserLocalizedLabel", "CanBeChanged",
    "ManagedPropertyLogicalName",
  ]

  /// Whether a client says what is there already; null says nothing.
  func says(_ value: JSONValue) -> Bool {
    if value.kind == .null { return true }
    switch self {
    case .null: return false
    case .boolean(let own): return value.boolean == own
    case .integer(let own):
      return value.kind == .number && value.lexeme.flatMap { Double($0) } == Double(own)
    case .real(let own): return value.kind == .number && value.lexeme.flatMap { Double($0) } == own
    case .text(let own), .moment(let own): return value.text == own
    case .guid(let own): return value.text.flatMap { GUID($0) } == own
    case .record(let record):
      guard value.kind == .object else { return false }
      return value.members.allSatisfy { name, value in
        name.contains("@") || Cell.unsaid.contains(name) || value.kind == .null
          || record[name]?.says(value) ?? false
      }
    case .list(let cells):
      let values = Array(value.elements)
      return value.kind == .array && values.count == cells.count
        && zip(cells, values).allSatisfy { $0.says($1) }
    }
  }
}
