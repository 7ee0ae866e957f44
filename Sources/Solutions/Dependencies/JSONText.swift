/// JSON as far as it matters for what a file names: texts, and where they stand.
///
/// Numbers stay as they are spelled. Nesting is bounded, so that a hostile file cannot exhaust the stack.
package enum JSONText: Equatable, Sendable {
  case object([(key: String, value: JSONText)])
  case array([JSONText])
  case text(String)
  case number(String)
  case boolean(Bool)
  case null

  package struct Failure: Error, Equatable {
    package let message: String
  }

  /// - Throws: what is no JSON, and where.
  package init(_ bytes: [UInt8]) throws(Failure) {
    var reader = JSONReader(bytes)
    self = try reader.document()
  }

  /// The value of the first member of that name; nil for what is no object.
  package subscript(key: String) -> JSONText? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// As `subscript`, whatever the case.
  func member(_ key: String) -> JSONText? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.lowercased() == key.lowercased() }?.value
  }

  package var text: String? {
    if case .text(let text) = self { return text }
    return nil
  }

  /// A whole number, also where it is written as text.
  var integer: Int? {
    switch self {
    case .number(let text), .text(let text): Int(text)
    default: nil
    }
  }

  var elements: [JSONText] {
    if case .array(let elements) = self { return elements }
    return []
  }

  package var members: [(key: String, value: JSONText)] {
    if case .object(let members) = self { return members }
    return []
  }

  package static func == (left: JSONText, right: JSONText) -> Bool {
    switch (left, right) {
    case (.object(let left), .object(let right)):
      left.count == right.count
        && zip(left, right).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    case (.array(let left), .array(let right)): left == right
    case (.text(let left), .text(let right)), (.number(let left), .number(let right)):
      left == right
    case (.boolean(let left), .boolean(let right)): left == right
    case (.null, .null): true
    default: false
    }
  }
}

private struct JSONReader {
  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  /// Ten times what flows nest.
  private static let depthMax = 256

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  mutating func document() throws(JSONText.Failure) -> JSONText {
    let value = try value()
    skipBlanks()
    guard at == bytes.count else { throw unexpected() }
    return value
  }

  private mutating func value() throws(JSONText.Failure) -> JSONText {
    skipBlanks()
    guard at < bytes.count else { throw unexpected() }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .text(try string())
    default: return try word()
    }
  }

  private mutating func object() throws(JSONText.Failure) -> JSONText {
    try enter()
    var members: [(key: String, value: JSONText)] = []
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipBlanks()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw unexpected() }
        let key = try string()
        guard take(UInt8(ascii: ":")) else { throw unexpected() }
        members.append((key, try value()))
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { throw unexpected() }
    }
    depth -= 1
    return .object(members)
  }

  private mutating func array() throws(JSONText.Failure) -> JSONText {
    try enter()
    var elements: [JSONText] = []
    if !take(UInt8(ascii: "]")) {
      repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw unexpected() }
    }
    depth -= 1
    return .array(elements)
  }

  private mutating func enter() throws(JSONText.Failure) {
    at += 1
    depth += 1
    if depth > Self.depthMax { throw JSONText.Failure(message: "nested too deeply") }
  }

  private mutating func string() throws(JSONText.Failure) -> String {
    at += 1
    var start = at
    var text: [UInt8] = []
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      guard bytes[at] == UInt8(ascii: "\\") else {
        at += 1
        continue
      }
      text += bytes[start..<at]
      text += try escape()
      start = at
    }
    guard at < bytes.count else { throw unexpected() }
    text += bytes[start..<at]
    at += 1
    return String(decoding: text, as: UTF8.self)
  }

  /// What stands behind a backslash, as UTF-8; halves of a pair that stand alone become replacements.
  private mutating func escape() throws(JSONText.Failure) -> [UInt8] {
    guard at + 1 < bytes.count else { throw unexpected() }
    let letter = bytes[at + 1]
    at += 2
    switch letter {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
    case UInt8(ascii: "u"):
      var units = [try unit()]
      if UTF16.isLeadSurrogate(units[0]), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
        bytes[at + 1] == UInt8(ascii: "u")
      {
        at += 2
        units.append(try unit())
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    default: throw unexpected()
    }
  }

  private mutating func unit() throws(JSONText.Failure) -> UInt16 {
    guard at + 4 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw unexpected() }
    at += 4
    return unit
  }

  /// A number, true, false or null.
  private mutating func word() throws(JSONText.Failure) -> JSONText {
    let start = at
    while at < bytes.count, !Self.isEnd(bytes[at]) { at += 1 }
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "null": return .null
    default: break
    }
    if Double(word) != nil { return JSONText.number(word) }
    at = start
    throw unexpected()
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte <= 0x20 || [0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D, 0x22].contains(byte)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func skipBlanks() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  private func unexpected() -> JSONText.Failure {
    let line = bytes.prefix(at).reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    return JSONText.Failure(
      message: at < bytes.count
        ? "not valid JSON, line \(line)" : "not valid JSON: it ends too early"
    )
  }
}
