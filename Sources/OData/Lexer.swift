/// Cuts a text into tokens, one after the other.
struct Lexer {
  let part: String
  private let bytes: [UInt8]
  private(set) var at = 0
  private var count = 0

  init(_ text: String, part: String) throws(ODataError) {
    bytes = Array(text.utf8)
    self.part = part
    guard bytes.count <= ODataLimits.bytes else {
      throw ODataError(
        .tooLarge,
        "more than \(ODataLimits.bytes) bytes",
        in: part,
        at: ODataLimits.bytes
      )
    }
  }

  /// 0, which ends nothing else, at the end.
  private func byte(_ offset: Int = 0) -> UInt8 {
    at + offset < bytes.count ? bytes[at + offset] : 0
  }

  mutating func skipBlanks() {
    while byte() == 0x20 || byte() == 0x09 { at += 1 }
  }

  /// What is left, as it stands.
  func rest() -> String { String(decoding: bytes[at...], as: UTF8.self) }

  func failure(_ message: String, at place: Int? = nil) -> ODataError {
    ODataError(.malformed, message, in: part, at: place ?? at)
  }

  mutating func next() throws(ODataError) -> Token {
    skipBlanks()
    count += 1
    guard count <= ODataLimits.tokens else {
      throw ODataError(.tooLarge, "more than \(ODataLimits.tokens) words", in: part, at: at)
    }
    guard at < bytes.count else { return .end }
    if let literal = guid() { return .literal(literal) }
    if let literal = try braced() { return .literal(literal) }
    if let literal = try moment() { return .literal(literal) }
    switch byte() {
    case UInt8(ascii: "'"): return .literal(.text(try quoted()))
    case UInt8(ascii: "\""): return .literal(.text(try doubleQuoted()))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .literal(number())
    case UInt8(ascii: "-"):
      if Self.isDigit(byte(1)) { return .literal(number()) }
      at += 1
      return .minus
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ":"),
      UInt8(ascii: "/"), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "*"):
      at += 1
      return .sign(bytes[at - 1])
    case UInt8(ascii: "@"):
      at += 1
      return .alias(try word())
    case UInt8(ascii: "$"):
      at += 1
      return .system("$" + (try word()))
    default: return try named()
    }
  }

  // MARK: Words

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
  }

  /// Letters of all scripts count: they are above ASCII.
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte >= 0x80
  }

  private mutating func word() throws(ODataError) -> String {
    let start = at
    while Self.isWord(byte()) || byte() == 0x2E && Self.isWord(byte(1)) { at += 1 }
    guard at > start else { throw failure("a name is expected") }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  /// A name, or a value that begins with one: `true`, `duration'P1D'`, `Namespace.Type'Member'`.
  private mutating func named() throws(ODataError) -> Token {
    let word = try word()
    guard byte() == UInt8(ascii: "'") else {
      switch word {
      case "true": return .literal(.boolean(true))
      case "false": return .literal(.boolean(false))
      case "null": return .literal(.null)
      default: return .name(word)
      }
    }
    let text = try quoted()
    switch word.lowercased() {
    case "duration": return .literal(.duration(text))
    case "binary", "x": return .literal(.binary(text))
    case "guid": return .literal(.guid(text.lowercased()))
    case "datetime", "datetimeoffset": return .literal(.dateTime(text))
    default: return .literal(.enumeration(type: word, member: text))
    }
  }

  /// A quotation mark within is written twice.
  private mutating func quoted() throws(ODataError) -> String {
    let start = at
    at += 1
    var text: [UInt8] = []
    while at < bytes.count {
      if byte() == UInt8(ascii: "'") {
        guard byte(1) == UInt8(ascii: "'") else {
          at += 1
          return String(decoding: text, as: UTF8.self)
        }
        at += 1
      }
      text.append(byte())
      at += 1
    }
    throw failure("the text that begins here does not end", at: start)
  }

  /// As in JSON, which lists of values are written in.
  private mutating func doubleQuoted() throws(ODataError) -> String {
    let start = at
    at += 1
    var text: [UInt8] = []
    while at < bytes.count {
      switch byte() {
      case UInt8(ascii: "\""):
        at += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        at += 1
        switch byte() {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte())
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        default: throw failure("this is no escape that is read here", at: at - 1)
        }
      default: text.append(byte())
      }
      at += 1
    }
    throw failure("the text that begins here does not end", at: start)
  }

  // MARK: Values

  private mutating func number() -> Literal {
    let start = at
    if byte() == UInt8(ascii: "-") { at += 1 }
    while Self.isDigit(byte()) { at += 1 }
    if byte() == UInt8(ascii: "."), Self.isDigit(byte(1)) {
      at += 1
      while Self.isDigit(byte()) { at += 1 }
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let sign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 1 : 0
      if Self.isDigit(byte(1 + sign)) {
        at += 1 + sign
        while Self.isDigit(byte()) { at += 1 }
      }
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    // Suffixes of former versions: a long, a decimal, a double, a float.
    if "LlMmDdFf".utf8.contains(byte()), !Self.isWord(byte(1)) { at += 1 }
    return .number(text)
  }

  private mutating func guid() -> Literal? {
    guard at + 36 <= bytes.count, Self.isHexadecimal(byte()) else { return nil }
    for offset in 0..<36 {
      let isHyphen = offset == 8 || offset == 13 || offset == 18 || offset == 23
      guard isHyphen ? byte(offset) == 0x2D : Self.isHexadecimal(byte(offset)) else { return nil }
    }
    guard !Self.isWord(byte(36)) else { return nil }
    at += 36
    return .guid(String(decoding: bytes[at - 36..<at], as: UTF8.self).lowercased())
  }

  private mutating func braced() throws(ODataError) -> Literal? {
    guard byte() == UInt8(ascii: "{") else { return nil }
    let start = at
    at += 1
    guard let literal = guid(), byte() == UInt8(ascii: "}") else {
      throw failure("a GUID is expected between braces", at: start)
    }
    at += 1
    return literal
  }

  /// A date, a date with a time, or a time.
  private mutating func moment() throws(ODataError) -> Literal? {
    func matches(_ pattern: StaticString, from offset: Int = 0) -> Bool {
      (0..<pattern.utf8CodeUnitCount).allSatisfy { place in
        let wanted = pattern.utf8Start[place]
        return wanted == UInt8(ascii: "0")
          ? Self.isDigit(byte(offset + place)) : byte(offset + place) == wanted
      }
    }
    let start = at
    func text(_ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }
    guard matches("0000-00-00") else {
      guard matches("00:00") else { return nil }
      at += 5
      skipSeconds()
      return .time(text(at))
    }
    guard byte(10) | 0x20 == UInt8(ascii: "t"), matches("00:00", from: 11) else {
      at += 10
      guard !Self.isWord(byte()) else { throw failure("this is no date", at: start) }
      return .date(text(at))
    }
    at += 16
    skipSeconds()
    if byte() | 0x20 == UInt8(ascii: "z") {
      at += 1
    } else if byte() == UInt8(ascii: "+") || byte() == UInt8(ascii: "-") || byte() == 0x20,
      matches("00:00", from: 1)
    {
      // A plus that was not escaped has become a blank.
      let zone = byte() == 0x20 ? "+" : String(Character(Unicode.Scalar(byte())))
      let before = text(at)
      at += 6
      return .dateTime(before + zone + String(decoding: bytes[at - 5..<at], as: UTF8.self))
    }
    guard !Self.isWord(byte()) else { throw failure("this is no moment", at: start) }
    return .dateTime(text(at).uppercased())
  }

  private mutating func skipSeconds() {
    guard byte() == UInt8(ascii: ":"), Self.isDigit(byte(1)), Self.isDigit(byte(2)) else { return }
    at += 3
    guard byte() == UInt8(ascii: "."), Self.isDigit(byte(1)) else { return }
    at += 1
    while Self.isDigit(byte()) { at += 1 }
  }
}
