/// The bytes of a document as UTF-8 without byte-order mark and without XML declaration.
///
/// libxml2 ignores the declared encoding when it parses from memory, so it is judged here: UTF-8 and, with a
/// byte-order mark, UTF-16; anything else is refused.
struct PlainDocument {
  /// NUL-terminated; the NUL is not part of the document.
  var bytes: [UInt8]
  /// Where the document starts after byte-order mark and declaration.
  var start: Int
  /// The line on which it starts; more than 1 only when the declaration spans lines.
  var firstLine: Int

  /// - Parameter isText: the document is a text that was taken for a file, and what it declares means nothing.
  init(_ document: consuming [UInt8], isText: Bool = false) throws(XMLError) {
    var start = 0
    var bytes: [UInt8]
    var isTranscoded = false
    if document.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes = consume document
      start = 3
    } else if document.starts(with: [0xFF, 0xFE]) || document.starts(with: [0xFE, 0xFF]) {
      bytes = try Self.transcoded(document)
      isTranscoded = true
    } else {
      bytes = consume document
    }
    bytes.append(0)
    (self.start, firstLine) = try Self.beginning(of: bytes, start, isTranscoded, isText: isText)
    self.bytes = bytes
  }

  /// Where a document starts after its declaration, and on which line.
  ///
  /// - Parameters:
  ///   - bytes: in UTF-8; the first kilobyte is enough.
  ///   - start: behind a byte-order mark.
  ///   - isTranscoded: whether it was UTF-16.
  static func beginning(
    of bytes: [UInt8],
    _ start: Int,
    _ isTranscoded: Bool,
    isText: Bool = false
  ) throws(XMLError) -> (start: Int, firstLine: Int) {
    let declaration = try Declaration(bytes, from: start)
    if !isText { try declaration.check() }
    if !isText, let encoding = declaration.encoding,
      !Self.isAccepted(encoding, transcoded: isTranscoded)
    {
      throw XMLError(
        reason: .encoding,
        line: 1,
        message:
          "the encoding “\(encoding)” is not supported; use UTF-8, or UTF-16 with byte-order mark"
      )
    }
    let (begin, line) = (start + declaration.length, 1 + declaration.lineBreaks)
    guard !isText, Declaration.begins(bytes, at: begin) else { return (begin, line) }
    throw XMLError(reason: .notWellFormed, line: line, message: "a second XML declaration")
  }

  private static func isAccepted(_ encoding: String, transcoded: Bool) -> Bool {
    switch encoding.lowercased() {
    case "utf-8", "utf8", "us-ascii": !transcoded
    case "utf-16", "utf-16le", "utf-16be": transcoded
    default: false
    }
  }

  private static func transcoded(_ document: [UInt8]) throws(XMLError) -> [UInt8] {
    var pieces = UTF16Pieces(isLittle: document[0] == 0xFF)
    let bytes = try pieces.transcoded(document.dropFirst(2))
    try pieces.end()
    return bytes
  }
}

/// `<?xml version="1.0" encoding="…"?>` at the start of a document, if it stands there.
private struct Declaration {
  var length = 0
  var lineBreaks = 0
  var encoding: String?
  /// nil where it does not say, or there is none.
  var version: String?

  static func begins(_ bytes: [UInt8], at start: Int) -> Bool {
    let rest = bytes[start...]
    return rest.starts(with: Array("<?xml".utf8)) && rest.count > 5
      && [0x20, 0x09, 0x0A, 0x0D].contains(rest[start + 5])
  }

  /// One that is there says that it is of XML 1.0 (PF-106).
  func check() throws(XMLError) {
    guard length > 0, version != "1.0" else { return }
    throw XMLError(
      reason: .notWellFormed,
      line: 1,
      message: version.map { "XML “\($0)” is not supported; use 1.0" }
        ?? "the XML declaration has no version"
    )
  }

  init(_ bytes: [UInt8], from start: Int) throws(XMLError) {
    guard Self.begins(bytes, at: start) else { return }
    let rest = bytes[start...]
    // No real declaration comes near this length.
    let window = rest.prefix(512)
    guard let end = window.indices.first(where: { window[$0...].starts(with: [0x3F, 0x3E]) })
    else {
      throw XMLError(reason: .notWellFormed, line: 1, message: "the XML declaration does not end")
    }
    let text = String(decoding: window[..<end], as: UTF8.self)
    length = end + 2 - start
    lineBreaks = window[..<end].count { $0 == 0x0A }
    encoding = Self.value(of: "encoding", in: text)
    version = Self.value(of: "version", in: text)
  }

  private static func value(of name: String, in text: String) -> String? {
    guard let label = text.range(of: name) else { return nil }
    let value = text[label.upperBound...].drop { $0.isWhitespace || $0 == "=" }
    guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
    return String(value.dropFirst().prefix { $0 != quote })
  }
}

extension String {
  /// The first place of `other`; Foundation is not imported here.
  fileprivate func range(of other: String) -> Range<Index>? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(other) {
        return index..<self.index(index, offsetBy: other.count)
      }
      index = self.index(after: index)
    }
    return nil
  }
}
