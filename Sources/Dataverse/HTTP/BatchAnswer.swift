internal import OData

/// The parts of an answer to a batch (WA-605), in the order of what was asked.
struct BatchAnswer {
  struct Part: Equatable {
    let status: Int
    let retryAfter: Int?
    let body: [UInt8]
  }

  let parts: [Part]

  /// - Returns: nil for what is no such answer.
  init?(_ answer: ReadAnswer) {
    guard let boundary = Self.boundary(of: answer.contentType) else { return nil }
    let delimiter = Array("--\(boundary)".utf8)
    var lines = BatchLines(answer.body)
    var parts: [Part] = []
    var start: Int?
    var isClosed = false
    while let line = lines.next() {
      guard answer.body[line].starts(with: delimiter) else { continue }
      let rest = answer.body[line].dropFirst(delimiter.count)
      guard rest.isEmpty || rest.elementsEqual([0x2D, 0x2D]) else { continue }
      if let start {
        guard let part = Self.part(answer.body[start..<line.lowerBound]) else { return nil }
        parts.append(part)
      }
      isClosed = !rest.isEmpty
      if isClosed { break }
      start = lines.at
    }
    // What was cut off is no answer: its last part may be anything.
    guard isClosed else { return nil }
    self.parts = parts
  }

  private static func boundary(of type: String) -> String? {
    guard type.lowercased().hasPrefix("multipart/mixed") else { return nil }
    for piece in type.split(separator: ";").dropFirst() {
      let pair = piece.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "boundary" else {
        continue
      }
      let text = String(pair[1].filter { $0 != "\"" && $0 != " " })
      return text.isEmpty || text.utf8.count > 200 ? nil : text
    }
    return nil
  }

  /// Fields of the part, a blank line, then an answer: status, fields, a blank line and a body.
  private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
    var lines = BatchLines(Array(bytes))
    while let line = lines.next(), !line.isEmpty {}
    guard let first = lines.next() else { return nil }
    let words = String(decoding: lines.bytes[first], as: UTF8.self).split(separator: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/"), let status = Int(words[1]) else {
      return nil
    }
    var retryAfter: Int?
    while let line = lines.next(), !line.isEmpty {
      let text = String(decoding: lines.bytes[line], as: UTF8.self)
      let field = text.split(separator: ":", maxSplits: 1)
      if field.count == 2, field[0].lowercased() == "retry-after" {
        retryAfter = Int(field[1].filter { $0 != " " })
      }
    }
    return Part(status: status, retryAfter: retryAfter, body: Array(lines.bytes[lines.at...]))
  }
}
