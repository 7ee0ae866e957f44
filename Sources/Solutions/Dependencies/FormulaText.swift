/// The formulas of a table's columns, as `Formulas/*.yaml` writes them: a map of one level from column to text.
///
/// Texts are plain, quoted or blocks; whatever else YAML has is refused, so that nothing is half understood.
struct FormulaText: Equatable, Sendable {
  /// By logical name.
  let formulas: [String: String]

  struct Failure: Error, Equatable {
    let message: String
  }

  init(_ bytes: [UInt8]) throws(Failure) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(message: "not UTF-8")
    }
    var formulas: [String: String] = [:]
    var entry: Entry?
    for (number, line) in Self.lines(of: text).enumerated() {
      let isBlank = line.allSatisfy { $0 == " " || $0 == "\t" }
      if let open = entry, open.goesOn(with: line, isBlank: isBlank) {
        entry?.lines.append(line)
        continue
      }
      if isBlank || line.hasPrefix("#") || line == "---" || line == "..." { continue }
      try Self.close(&entry, into: &formulas)
      guard let started = Entry(line, number: number + 1) else {
        throw Failure(message: "line \(number + 1) is not of the form “column: formula”")
      }
      entry = started
    }
    try Self.close(&entry, into: &formulas)
    self.formulas = formulas
  }

  private static func lines(of text: String) -> [Substring] {
    let body = text.unicodeScalars.first == "\u{FEFF}" ? text.dropFirst() : text[...]
    return body.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  private static func close(
    _ entry: inout Entry?,
    into formulas: inout [String: String]
  ) throws(Failure) {
    guard let open = entry else { return }
    formulas[open.key.lowercased()] = try open.formula()
    entry = nil
  }
}

/// A column and what stands behind its colon, as lines.
private struct Entry {
  let key: String
  let number: Int
  var lines: [Substring]

  init?(_ line: Substring, number: Int) {
    let quote = line.first.flatMap { $0 == "'" || $0 == "\"" ? $0 : nil }
    let body = quote == nil ? line : line.dropFirst()
    guard let end = body.firstIndex(of: quote ?? ":"), end > body.startIndex else { return nil }
    key = String(body[..<end])
    let rest = quote == nil ? body[end...] : body[body.index(after: end)...]
    guard rest.first == ":", key.allSatisfy({ $0 == "_" || $0.isLetter || $0.isNumber }) else {
      return nil
    }
    let value = rest.dropFirst()
    guard value.isEmpty || value.first == " " || value.first == "\t" else { return nil }
    self.number = number
    lines = [value]
  }

  private var first: Substring { lines[0].drop { $0 == " " || $0 == "\t" } }

  /// Whether a line belongs to what is open: everything that is set in, and all of a quoted text.
  func goesOn(with line: Substring, isBlank: Bool) -> Bool {
    if let quote = first.first, quote == "'" || quote == "\"" {
      return Self.quoted(text, by: quote) == nil
    }
    return isBlank || line.first == " " || line.first == "\t"
  }

  private var text: String { lines.joined(separator: "\n") }

  func formula() throws(FormulaText.Failure) -> String {
    let value = text.drop { $0 == " " || $0 == "\t" }
    switch value.first {
    case "'", "\"":
      guard let quote = value.first, let text = Self.quoted(String(value), by: quote) else {
        throw FormulaText.Failure(message: "the quoted text of line \(number) does not end")
      }
      return text
    case "|", ">":
      return lines.dropFirst().joined(separator: "\n")
    case "&", "*", "!", "{", "[", "%", "@", "`":
      throw FormulaText.Failure(message: "line \(number) holds YAML that is not read")
    default:
      // A comment begins at a number sign behind a blank.
      return value.split(separator: "\n").map { line in
        var text = line[...]
        while let at = text.lastIndex(of: "#"), at > text.startIndex,
          text[text.index(before: at)] == " "
        {
          text = text[..<at]
        }
        return String(text)
      }.joined(separator: "\n")
    }
  }

  /// What stands between quotes; nil where they do not close.
  private static func quoted(_ text: String, by quote: Character) -> String? {
    var rest = text.drop { $0 != quote }.dropFirst()
    var inner = ""
    while let character = rest.popFirst() {
      if quote == "\"", character == "\\", let next = rest.popFirst() {
        inner.append(next)
      } else if character != quote {
        inner.append(character)
      } else if quote == "'", rest.first == "'" {
        rest.removeFirst()
        inner.append("'")
      } else {
        return inner
      }
    }
    return nil
  }
}

/// What a Power Fx formula names: identifiers and what is asked of them, in order.
///
/// `smp_parent.smp_name` is one path of two; functions, texts and comments are none.
struct FormulaNames: Hashable, Sendable {
  struct Path: Hashable, Sendable {
    var names: [String]
    /// Written in quotes: mostly what people call it, with blanks.
    var isQuoted: Bool
  }

  private(set) var paths: [Path] = []

  init(_ formula: String) {
    var reader = FormulaReader(rest: Array(formula.utf8)[...])
    reader.read(into: &paths)
    var seen: Set<Path> = []
    paths = paths.filter { seen.insert($0).inserted }
  }
}

private struct FormulaReader {
  var rest: ArraySlice<UInt8>

  mutating func read(into paths: inout [FormulaNames.Path]) {
    while let byte = rest.first {
      if byte == UInt8(ascii: "\"") {
        rest.removeFirst()
        text(isTemplate: false, into: &paths)
      } else if rest.starts(with: Array("$\"".utf8)) {
        rest.removeFirst(2)
        text(isTemplate: true, into: &paths)
      } else if rest.starts(with: Array("//".utf8)) {
        rest = rest.drop { $0 != 0x0A }
      } else if rest.starts(with: Array("/*".utf8)) {
        skipComment()
      } else if byte == UInt8(ascii: "'") || Self.isStart(byte) {
        path(into: &paths)
      } else if Self.isPart(byte) {
        // A number, with its letters.
        rest = rest.drop { Self.isPart($0) }
      } else {
        rest.removeFirst()
      }
    }
  }

  private mutating func skipComment() {
    rest.removeFirst(2)
    while !rest.isEmpty, !rest.starts(with: Array("*/".utf8)) { rest.removeFirst() }
    rest = rest.dropFirst(2)
  }

  /// Behind the opening quote; what a template holds in braces is formula again.
  private mutating func text(isTemplate: Bool, into paths: inout [FormulaNames.Path]) {
    var inner: [UInt8] = []
    var depth = 0
    while let byte = rest.popFirst() {
      if isTemplate, byte == UInt8(ascii: "{") { depth += 1 }
      if isTemplate, byte == UInt8(ascii: "}"), depth > 0 { depth -= 1 }
      if depth > 0 {
        inner.append(byte == UInt8(ascii: "{") ? 0x20 : byte)
      } else if byte == UInt8(ascii: "\"") {
        guard rest.first == byte else { break }
        rest.removeFirst()
      } else {
        inner.append(0x20)
      }
    }
    guard isTemplate else { return }
    // Texts within a template are not told apart any more: at most a name too many.
    paths += FormulaNames(String(decoding: inner.filter { $0 != 0x22 }, as: UTF8.self)).paths
  }

  private mutating func path(into paths: inout [FormulaNames.Path]) {
    var path = FormulaNames.Path(names: [], isQuoted: rest.first == UInt8(ascii: "'"))
    repeat {
      path.names.append(name())
      skipBlanks()
    } while takeDot()
    // What is called is a function; what it is asked of, if anything, is a name.
    if rest.first == UInt8(ascii: "(") { path.names.removeLast() }
    if !path.names.isEmpty { paths.append(path) }
  }

  private mutating func name() -> String {
    guard rest.first == UInt8(ascii: "'") else {
      let name = rest.prefix { Self.isPart($0) }
      rest = rest.dropFirst(name.count)
      return String(decoding: name, as: UTF8.self)
    }
    rest.removeFirst()
    var name: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "'") {
        guard rest.first == byte else { break }
        rest.removeFirst()
      }
      name.append(byte)
    }
    return String(decoding: name, as: UTF8.self)
  }

  private mutating func takeDot() -> Bool {
    guard rest.first == UInt8(ascii: ".") else { return false }
    var ahead = rest.dropFirst()
    while let byte = ahead.first, byte <= 0x20 { ahead.removeFirst() }
    guard let byte = ahead.first, byte == UInt8(ascii: "'") || Self.isStart(byte) else {
      return false
    }
    rest = ahead
    return true
  }

  private mutating func skipBlanks() {
    while let byte = rest.first, byte <= 0x20 { rest.removeFirst() }
  }

  private static func isStart(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte >= 0x80
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    isStart(byte) || (0x30...0x39).contains(byte)
  }
}
