internal import Solutions

/// Cuts a SELECT into words, values and signs.
struct SQLTokens {
  enum Token: Equatable {
    /// As it is written; keywords compare without case.
    case word(String)
    case text(String)
    case number(String)
    case sign(String)
    case end
  }

  private let bytes: [UInt8]
  private var at = 0
  private(set) var token: Token = .end
  private var total = 0

  private static let bytesMax = 1 << 16
  private static let tokensMax = 10_000

  init(_ text: String) throws {
    bytes = Array(text.utf8)
    guard bytes.count <= Self.bytesMax else {
      throw WebError.badQuery("the SQL is longer than \(Self.bytesMax) bytes")
    }
    try advance()
  }

  private func byte(_ offset: Int = 0) -> UInt8 {
    at + offset < bytes.count ? bytes[at + offset] : 0
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
  }

  mutating func advance() throws {
    while byte() == 0x20 || (0x09...0x0D).contains(byte()) { at += 1 }
    total += 1
    guard total <= Self.tokensMax else {
      throw WebError.badQuery("the SQL has more than \(Self.tokensMax) words")
    }
    let start = at
    switch byte() {
    case 0 where at >= bytes.count: token = .end
    case UInt8(ascii: "'"): token = .text(try quoted(UInt8(ascii: "'")))
    case UInt8(ascii: "\""): token = .word(try quoted(UInt8(ascii: "\"")))
    case UInt8(ascii: "["): token = .word(try quoted(UInt8(ascii: "]")))
    case 0x30...0x39: token = number()
    case let other where Self.isWord(other):
      while Self.isWord(byte()) { at += 1 }
      token = .word(String(decoding: bytes[start..<at], as: UTF8.self))
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"):
      at += 1
      if byte() == UInt8(ascii: "=")
        || bytes[start] == UInt8(ascii: "<") && byte() == UInt8(ascii: ">")
      {
        at += 1
      }
      token = .sign(String(decoding: bytes[start..<at], as: UTF8.self))
    case let other:
      at += 1
      token = .sign(String(decoding: [other], as: UTF8.self))
    }
  }

  private mutating func number() -> Token {
    let start = at
    while (0x30...0x39).contains(byte()) || byte() == UInt8(ascii: ".") { at += 1 }
    return .number(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  /// The end is written twice within.
  private mutating func quoted(_ end: UInt8) throws -> String {
    at += 1
    var text: [UInt8] = []
    while at < bytes.count {
      if byte() == end {
        guard byte(1) == end else {
          at += 1
          return String(decoding: text, as: UTF8.self)
        }
        at += 1
      }
      text.append(byte())
      at += 1
    }
    throw WebError.badQuery("a text of the SQL does not end")
  }

  /// Whether a keyword stands here; then it is passed.
  mutating func take(_ keyword: String) throws -> Bool {
    guard isAt(keyword) else { return false }
    try advance()
    return true
  }

  func isAt(_ keyword: String) -> Bool {
    if case .word(let word) = token { word.lowercased() == keyword } else { false }
  }

  mutating func takeSign(_ sign: String) throws -> Bool {
    guard token == .sign(sign) else { return false }
    try advance()
    return true
  }

  mutating func require(_ keyword: String) throws {
    guard try take(keyword) else { throw unexpected(keyword.uppercased()) }
  }

  mutating func requireSign(_ sign: String) throws {
    guard try takeSign(sign) else { throw unexpected(sign) }
  }

  mutating func word() throws -> String {
    guard case .word(let word) = token else { throw unexpected("a name") }
    try advance()
    return word
  }

  mutating func count() throws -> Int {
    guard case .number(let text) = token, let number = Int(text) else {
      throw unexpected("a number")
    }
    try advance()
    return number
  }

  func unexpected(_ wanted: String) -> WebError {
    let here =
      switch token {
      case .word(let text), .number(let text), .sign(let text): "“\(text.shown(80))”"
      case .text: "a text"
      case .end: "the end"
      }
    return .badQuery("in the SQL \(wanted) is expected, and here is \(here)")
  }
}
