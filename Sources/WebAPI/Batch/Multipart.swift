internal import OData

/// Bodies of several parts (RFC 2046), as clients write them: with both ends of lines, and blank lines where none belong.
enum Multipart {
  struct Part {
    let headers: WebHeaders
    let body: [UInt8]
  }

  /// - Throws: `WebError` for what has no parts.
  static func parts(_ body: [UInt8], type: String) throws -> [Part] {
    guard let boundary = boundary(of: type) else {
      throw WebError.badBody("the Content-Type of a batch names its boundary")
    }
    let delimiter = Array("--\(boundary)".utf8)
    var parts: [Part] = []
    var lines = BatchLines(body)
    var start: Int?
    var isClosed = false
    while let line = lines.next() {
      guard body[line].starts(with: delimiter) else { continue }
      let rest = body[line].dropFirst(delimiter.count).filter { $0 != 0x20 && $0 != 0x09 }
      guard rest.isEmpty || rest == [0x2D, 0x2D] else { continue }
      if let start { parts.append(try part(body[start..<max(start, line.lowerBound)])) }
      isClosed = !rest.isEmpty
      if isClosed { break }
      start = lines.at
    }
    guard start != nil, isClosed else {
      throw WebError.badBody("the batch does not begin and end with its boundary")
    }
    return parts
  }

  private static func boundary(of type: String) -> String? {
    for piece in type.split(separator: ";").dropFirst() {
      let pair = piece.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "boundary" else {
        continue
      }
      let text = pair[1].filter { $0 != "\"" && $0 != " " }
      return text.isEmpty || text.utf8.count > 200 ? nil : text
    }
    return nil
  }

  private static func part(_ bytes: ArraySlice<UInt8>) throws -> Part {
    let (headers, body) = headers(trimmed(bytes))
    return Part(headers: headers, body: body)
  }

  /// A request within a part: its first line, fields and body.
  static func request(_ bytes: [UInt8]) throws -> (line: String, WebHeaders, body: [UInt8]) {
    let bytes = trimmed(bytes[...])
    var lines = BatchLines(bytes)
    guard let first = lines.next() else { throw WebError.badBody("a part of the batch is empty") }
    let line = String(decoding: bytes[first], as: UTF8.self)
    let (headers, body) = headers(Array(bytes[lines.at...]))
    return (line, headers, trimmed(body[...]))
  }

  /// Without blank lines around it.
  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let start = bytes.drop { $0 == 0x0A || $0 == 0x0D }
    return Array(start.reversed().drop { $0 == 0x0A || $0 == 0x0D }.reversed())
  }

  /// Fields up to the first blank line, and what follows.
  private static func headers(_ bytes: [UInt8]) -> (WebHeaders, [UInt8]) {
    var fields: [(name: String, value: String)] = []
    var lines = BatchLines(bytes)
    while let line = lines.next() {
      guard !line.isEmpty else { return (WebHeaders(fields), Array(bytes[lines.at...])) }
      let text = String(decoding: bytes[line], as: UTF8.self)
      guard let colon = text.firstIndex(of: ":") else { continue }
      fields.append(
        (
          name: String(text[..<colon]),
          value: String(text[text.index(after: colon)...].drop { $0 == " " })
        )
      )
    }
    return (WebHeaders(fields), [])
  }

  /// Parts as they go out: CRLF everywhere (WA-605).
  struct Writer {
    let boundary: String
    private var bytes: [UInt8] = []

    init(boundary: String) { self.boundary = boundary }

    mutating func add(_ response: WebResponse, id: String?) {
      var text = "--\(boundary)\r\nContent-Type: application/http\r\n"
      text += "Content-Transfer-Encoding: binary\r\n"
      if let id { text += "Content-ID: \(id.filter { $0 >= " " && $0 <= "~" })\r\n" }
      text += "\r\nHTTP/1.1 \(response.status) \(Self.reason(response.status))\r\n"
      for (name, value) in response.headers.fields { text += "\(name): \(value)\r\n" }
      bytes += text.utf8
      bytes += [0x0D, 0x0A] + response.body + [0x0D, 0x0A]
    }

    /// The answers of a change set.
    mutating func add(_ inner: Writer) {
      bytes +=
        "--\(boundary)\r\nContent-Type: multipart/mixed; boundary=\(inner.boundary)\r\n\r\n".utf8
      bytes += inner.end()
    }

    func end() -> [UInt8] { bytes + Array("--\(boundary)--\r\n".utf8) }

    private static func reason(_ status: Int) -> String {
      switch status {
      case 200: "OK"
      case 201: "Created"
      case 204: "No Content"
      case 304: "Not Modified"
      case 400: "Bad Request"
      case 403: "Forbidden"
      case 404: "Not Found"
      case 405: "Method Not Allowed"
      case 412: "Precondition Failed"
      case 413: "Content Too Large"
      case 429: "Too Many Requests"
      case 501: "Not Implemented"
      case 503: "Service Unavailable"
      default: status < 400 ? "OK" : status < 500 ? "Bad Request" : "Internal Server Error"
      }
    }
  }
}
