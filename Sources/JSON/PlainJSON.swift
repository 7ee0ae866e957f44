/// JSON as UTF-8 without a mark.
enum PlainJSON {
  static func utf8(_ bytes: [UInt8]) throws(JSONError) -> [UInt8] {
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes, low: 0) }
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes, low: 1) }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let invalid: Int?
    do {
      _ = try UTF8Span(validating: text.span)
      invalid = nil
    } catch {
      invalid = error.byteOffsets.lowerBound
    }
    guard let invalid else { return text }
    throw JSONError(.encoding, at: invalid, of: text, "not UTF-8")
  }

  /// As some tools of Windows write it.
  ///
  /// - Parameter low: place of the lower byte in each pair.
  private static func utf16(_ bytes: [UInt8], low: Int) throws(JSONError) -> [UInt8] {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
      UInt16(bytes[$0 + low]) | UInt16(bytes[$0 + 1 - low]) << 8
    }
    guard bytes.count % 2 == 0, let text = String(validating: units, as: UTF16.self) else {
      throw JSONError(reason: .encoding, line: 0, column: 0, message: "not UTF-16")
    }
    return Array(text.utf8)
  }
}

extension JSONError {
  /// - Parameter place: of the byte that is to blame.
  init(_ reason: Reason, at place: Int, of bytes: [UInt8], _ message: String) {
    var line = 1
    var start = 0
    for (at, byte) in bytes.prefix(place).enumerated() where byte == 0x0A {
      line += 1
      start = at + 1
    }
    // Bytes that continue a character are none of their own.
    let column = bytes[start..<min(place, bytes.count)].count { $0 & 0xC0 != 0x80 } + 1
    self.init(reason: reason, line: line, column: column, message: message)
  }
}
