/// JSON as it is written, piece by piece, on one line.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  /// Whether something of the same object or list stands before.
  private var isContinued = false

  mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
    try enclosed(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  mutating func list(_ body: (inout JSONWriter) throws -> Void) rethrows {
    try enclosed(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  private mutating func enclosed(
    _ open: UInt8,
    _ close: UInt8,
    _ body: (inout JSONWriter) throws -> Void
  ) rethrows {
    begin()
    bytes.append(open)
    isContinued = false
    try body(&self)
    bytes.append(close)
    isContinued = true
  }

  /// A comma where one belongs.
  private mutating func begin() {
    if isContinued { bytes.append(UInt8(ascii: ",")) }
    isContinued = true
  }

  mutating func name(_ name: String) {
    begin()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    isContinued = false
  }

  mutating func member(_ name: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
    self.name(name)
    try body(&self)
  }

  mutating func member(_ name: String, _ text: String?) {
    self.name(name)
    text.map { string($0) } ?? raw("null")
  }

  mutating func member(_ name: String, _ number: Int?) {
    self.name(name)
    raw(number.map { String($0) } ?? "null")
  }

  mutating func member(_ name: String, _ value: Bool?) {
    self.name(name)
    raw(value.map { $0 ? "true" : "false" } ?? "null")
  }

  /// A list or object of another writer.
  mutating func member(_ name: String, raw text: String) {
    self.name(name)
    raw(text)
  }

  /// What is JSON already.
  mutating func raw(_ text: String) {
    begin()
    bytes += text.utf8
  }

  mutating func string(_ text: String) {
    begin()
    quote(text)
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { text in
      // What stands for itself is taken in one piece.
      var start = 0
      for place in text.indices where Self.isEscaped(text[place]) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
        escape(text[place])
        start = place + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Signs of markup, too, so that no page takes a text for its own.
  private static func isEscaped(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, 0x22, 0x26, 0x3C, 0x3E, 0x5C, 0x7F: true
    default: false
    }
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x22, 0x5C: bytes.append(byte)
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      let digits = String(byte, radix: 16)
      bytes += "u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
    }
  }
}
