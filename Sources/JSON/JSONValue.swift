/// A value in a document.
package struct JSONValue: Sendable {
  package enum Kind: Equatable, Sendable {
    case object
    case array
    case string
    case number
    case boolean
    case null
  }

  let document: JSONDocument
  let index: Int

  private var node: JSONDocument.Node { document.nodes[index] }

  package var kind: Kind {
    switch document.bytes[Int(node.start)] {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    case UInt8(ascii: "n"): .null
    default: .number
    }
  }

  /// nil for what is no text.
  package var text: String? { kind == .string ? Self.text(node, of: document.bytes) : nil }

  /// A number, true, false or null as it is spelled; nil for all others.
  package var lexeme: String? {
    switch kind {
    case .number, .boolean, .null:
      String(decoding: document.bytes[Int(node.start)..<Int(node.end)], as: UTF8.self)
    case .object, .array, .string: nil
    }
  }

  /// nil for what is neither true nor false.
  package var boolean: Bool? {
    kind == .boolean ? document.bytes[Int(node.start)] == UInt8(ascii: "t") : nil
  }

  /// A whole number, also where it is written as text.
  package var integer: Int? { (kind == .number ? lexeme : text).flatMap { Int($0) } }

  /// Of an array, in order; nothing for all others.
  package var elements: Elements { Elements(of: self) }

  /// Of an object, in the order of the text; nothing for all others.
  package var members: Members { Members(of: self) }

  /// The value of the member of that name; nil for what is no object.
  package subscript(key: String) -> JSONValue? {
    members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// As `subscript`, whatever the case; the first where there are several.
  package func member(_ key: String) -> JSONValue? {
    let wanted = key.lowercased()
    return members.first { $0.key.lowercased() == wanted }?.value
  }

  /// The node behind this value.
  fileprivate var behind: Int {
    switch kind {
    case .object, .array: Int(node.end)
    case .string, .number, .boolean, .null: index + 1
    }
  }

  /// - Parameter node: of a text, which the scanner has found to be sound.
  static func text(_ node: JSONDocument.Node, of bytes: [UInt8]) -> String {
    let inside = bytes[Int(node.start) + 1..<Int(node.end) - 1]
    guard inside.contains(UInt8(ascii: "\\")) else {
      return String(decoding: inside, as: UTF8.self)
    }
    return String(decoding: unescaped(inside), as: UTF8.self)
  }

  private static func unescaped(_ inside: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(inside.count)
    var rest = inside
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let letter = rest.popFirst() else {
        text.append(byte)
        continue
      }
      switch letter {
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"):
        var units = [Hexadecimal.unit(&rest)]
        if UTF16.isLeadSurrogate(units[0]) {
          rest = rest.dropFirst(2)
          units.append(Hexadecimal.unit(&rest))
        }
        text += String(decoding: units, as: UTF16.self).utf8
      default: text.append(letter)
      }
    }
    return text
  }
}

extension JSONValue {
  package struct Elements: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var index: Int
    private let end: Int

    fileprivate init(of array: JSONValue) {
      document = array.document
      index = array.index + 1
      end = array.kind == .array ? array.behind : index
    }

    package mutating func next() -> JSONValue? {
      guard index < end else { return nil }
      let value = JSONValue(document: document, index: index)
      index = value.behind
      return value
    }
  }

  package struct Members: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var index: Int
    private let end: Int

    fileprivate init(of object: JSONValue) {
      document = object.document
      index = object.index + 1
      end = object.kind == .object ? object.behind : index
    }

    package mutating func next() -> (key: String, value: JSONValue)? {
      guard index < end else { return nil }
      let key = JSONValue.text(document.nodes[index], of: document.bytes)
      let value = JSONValue(document: document, index: index + 1)
      index = value.behind
      return (key, value)
    }
  }
}

/// Digits behind `\u`.
enum Hexadecimal {
  static func digit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case 0x30...0x39: UInt16(byte - 0x30)
    case 0x41...0x46: UInt16(byte - 0x37)
    case 0x61...0x66: UInt16(byte - 0x57)
    default: nil
    }
  }

  /// The next four; what is no digit counts as none.
  static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt16 {
    let digits = rest.prefix(4)
    rest = rest.dropFirst(4)
    return digits.reduce(0) { $0 << 4 | (digit($1) ?? 0) }
  }
}
