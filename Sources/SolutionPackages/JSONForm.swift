import JSON
import Solutions

/// Component files written as JSON (PF-707, PF-709) as the XML that they stand for, with the types of JSON kept
/// (docs/canonical-form.md).
struct JSONForm {
  private var text: [UInt8] = []

  /// What a part in JSON may hold at most.
  static let bytesMax = JSONLimits.standard.bytes

  /// nil when the file is JSON of another shape; it then stays a plain file.
  static func xml(_ content: [UInt8], _ path: String) throws(PartError) -> [UInt8]? {
    var members = try root(content, path).members
    guard let (name, row) = members.next(), members.next() == nil, row.kind == .object,
      isName(name)
    else { return nil }
    var form = JSONForm()
    return form.write(row, named: name) ? form.text : nil
  }

  /// The current values in `environment_variable_values.json` (PF-109), each as the document that stands beside a
  /// definition (PF-709); nil when the file has another shape.
  static func variableValues(
    _ content: [UInt8],
    _ path: String
  ) throws(PartError) -> [(name: String, xml: [UInt8])]? {
    guard let rows = try root(content, path)["EnvironmentVariableValues"], rows.kind == .array
    else { return nil }
    var values: [(name: String, xml: [UInt8])] = []
    for row in rows.elements {
      guard let name = row["EnvironmentVariableDefinition.SchemaName"]?.text, !name.isEmpty,
        let value = row["Value"], value.kind != .object, value.kind != .array
      else { return nil }
      let id = row["EnvironmentVariableValueId"]?.text ?? ""
      var form = JSONForm()
      form.text += "<environmentvariablevalues><environmentvariablevalue".utf8
      form.write(attribute: "environmentvariablevalueid", id)
      form.text.append(UInt8(ascii: ">"))
      guard form.write(value, named: "value") else { return nil }
      form.text += "</environmentvariablevalue></environmentvariablevalues>".utf8
      values.append((name, form.text))
    }
    return values
  }

  private static func root(_ content: [UInt8], _ path: String) throws(PartError) -> JSONValue {
    do {
      return try JSONDocument(content).root
    } catch {
      throw PartError(part: path, line: error.line, problem: error.message)
    }
  }

  // MARK: Writing

  /// Whether everything could be spelled as XML.
  private mutating func write(_ value: JSONValue, named name: String) -> Bool {
    guard Self.isName(name) else { return false }
    switch value.kind {
    case .object: return write(object: value, named: name)
    case .array where Self.isRepeated(value):
      for element in value.elements {
        guard write(element, named: name) else { return false }
      }
    case .array:
      var array = JSONText()
      array.write(value)
      write(array.bytes, named: name, type: "array")
    case .string, .number, .boolean, .null:
      let (content, type) = Self.scalar(value)
      write(Array(content.utf8), named: name, type: type)
    }
    return true
  }

  private mutating func write(object: JSONValue, named name: String) -> Bool {
    let members = object.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    text += "<\(name)".utf8
    var hasChildren = false
    for (key, value) in members {
      guard key.utf8.first == UInt8(ascii: "@") else {
        hasChildren = true
        continue
      }
      let attribute = String(key.dropFirst())
      guard Self.isName(attribute), !attribute.hasPrefix(TypeMark.name),
        value.kind != .object, value.kind != .array
      else { return false }
      let (content, type) = Self.scalar(value)
      write(attribute: attribute, content)
      if let type { write(attribute: TypeMark.name(of: attribute), type) }
    }
    if !hasChildren { write(attribute: TypeMark.name, "object") }
    text.append(UInt8(ascii: ">"))
    for (key, value) in members where key.utf8.first != UInt8(ascii: "@") {
      guard write(value, named: key) else { return false }
    }
    text += "</\(name)>".utf8
    return true
  }

  /// Two objects or more, and nothing else: what was a repeated element before it became JSON.
  private static func isRepeated(_ array: JSONValue) -> Bool {
    var count = 0
    for element in array.elements {
      guard element.kind == .object else { return false }
      count += 1
    }
    return count > 1
  }

  /// The text of a value and its type; nil for strings as XML can hold them.
  private static func scalar(_ value: JSONValue) -> (text: String, type: String?) {
    switch value.kind {
    case .number: return (value.lexeme ?? "", "number")
    case .boolean: return (value.lexeme ?? "", "boolean")
    case .null: return ("", "null")
    case .object, .array, .string: break
    }
    let text = value.text ?? ""
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.value >= 0x20
        ? $0.value & 0xFFFE != 0xFFFE || $0.value > 0xFFFF : [9, 10, 13].contains($0.value)
    }
    if isPlain { return (text, nil) }
    var spelled = JSONText()
    spelled.write(text)
    return (String(decoding: spelled.bytes, as: UTF8.self), "string")
  }

  private mutating func write(_ content: [UInt8], named name: String, type: String?) {
    text += "<\(name)".utf8
    if let type { write(attribute: TypeMark.name, type) }
    text.append(UInt8(ascii: ">"))
    escape(content)
    text += "</\(name)>".utf8
  }

  private mutating func write(attribute name: String, _ value: String) {
    text += " \(name)=\"".utf8
    escape(value.utf8)
    text.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "&"): text += "&amp;".utf8
      case UInt8(ascii: "<"): text += "&lt;".utf8
      case UInt8(ascii: ">"): text += "&gt;".utf8
      case UInt8(ascii: "\""): text += "&quot;".utf8
      case 0x0D: text += "&#13;".utf8
      case 0x0A: text += "&#10;".utf8
      case 0x09: text += "&#9;".utf8
      default: text.append(byte)
      }
    }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first > 0x39 else { return false }
    return text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == 0x5F || byte == 0x2E || byte == 0x2D
    }
  }
}
