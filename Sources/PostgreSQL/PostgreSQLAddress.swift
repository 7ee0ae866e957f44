internal import Clibpq
package import SQL

/// Where an environment lies: a server as libpq names it (`postgres://host/db`), and `schema=NAME` among its parameters.
///
/// All else is libpq's: `.pgpass`, `service=`, `sslmode=`, several hosts and `target_session_attrs`.
package struct PostgreSQLAddress: Equatable, Sendable {
  /// For messages: without passwords.
  package private(set) var location: String
  package let schema: String
  /// What libpq is given.
  let server: String
  private let secrets: [String]

  /// Whether a location names a database of this kind.
  package static func isOne(_ location: String) -> Bool {
    location.hasPrefix("postgres:") || location.hasPrefix("postgresql:")
  }

  /// - Throws: `SQLError` where it is no address, or names no schema.
  package init(_ text: String) throws(SQLError) {
    guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
      throw Self.malformed("an address begins with postgres://")
    }
    let (base, query) = Self.parts(of: text)
    var schemas: [String] = []
    var others: [Substring] = []
    for parameter in query {
      if parameter.hasPrefix("schema=") {
        guard let name = Self.decoded(parameter.dropFirst("schema=".count)) else {
          throw Self.malformed("the name of the schema cannot be read")
        }
        schemas.append(name)
      } else if !parameter.isEmpty {
        others.append(parameter)
      }
    }
    guard let schema = schemas.first, schemas.count == 1 else {
      throw Self.malformed(
        schemas.isEmpty
          ? "it names no schema, and an environment is one"
          : "it names more than one schema, and an environment is one"
      )
    }
    try Self.check(schema)
    self.schema = schema
    server = others.isEmpty ? base : "\(base)?\(others.joined(separator: "&"))"
    (location, secrets) = Self.shown(base, others, schema)
    try requireReadable()
  }

  /// One that stands for a database of a server, in whatever schema.
  ///
  /// - Throws: `SQLError` where it is no address, or names a schema.
  init(server text: String) throws(SQLError) {
    guard !Self.parts(of: text).query.contains(where: { $0.hasPrefix("schema=") }) else {
      throw SQLError(
        .malformed,
        "the address of the server cannot be used: it names a schema",
        way: "write it as postgres://HOST/DATABASE"
      )
    }
    let schema = "public"
    try self.init(Self.text(of: schema, at: text))
    location = String(location.dropLast("?schema=\(schema)".count))
  }

  /// An address as text, with all that is secret in it.
  static func text(of schema: String, at server: String) -> String {
    "\(server)\(server.contains("?") ? "&" : "?")schema=\(encoded(schema))"
  }

  private static func parts(of text: String) -> (base: String, query: [Substring]) {
    guard let mark = text.firstIndex(of: "?") else { return (text, []) }
    return (String(text[..<mark]), text[text.index(after: mark)...].split(separator: "&"))
  }

  private static func check(_ schema: String) throws(SQLError) {
    guard !schema.isEmpty, schema.utf8.count <= 63, !schema.utf8.contains(0) else {
      throw malformed("the name of a schema has 1 to 63 bytes")
    }
    guard !schema.hasPrefix("pg_"), schema != "information_schema" else {
      throw malformed("the schema \(schema) is the database's own")
    }
  }

  /// What `%41` stands for; nil where it stands for no text.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8
    while let byte = rest.popFirst() {
      guard byte == 0x25 else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst(), let low = rest.popFirst(),
        let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func shown(
    _ base: String,
    _ parameters: [Substring],
    _ schema: String
  ) -> (location: String, secrets: [String]) {
    var secrets: [String] = []
    var shown = base
    let start = base.range(of: "://").map { $0.upperBound } ?? base.startIndex
    // A password may have an @ or a / of its own, which the library does not take: the last @ ends it.
    if let at = base[start...].lastIndex(of: "@"),
      let colon = base[start..<at].firstIndex(of: ":")
    {
      secrets.append(String(base[base.index(after: colon)..<at]))
      shown = String(base[..<colon]) + String(base[at...])
    }
    let kept = parameters.filter { parameter in
      // The library reads names with percent signs, too.
      guard let stated = parameter.split(separator: "=").first,
        (decoded(stated) ?? String(stated)).lowercased().hasSuffix("password")
      else { return true }
      secrets.append(String(parameter.drop { $0 != "=" }.dropFirst()))
      return false
    }
    let query = (kept.map(String.init) + ["schema=\(encoded(schema))"]).joined(separator: "&")
    return ("\(shown)?\(query)", secrets.filter { !$0.isEmpty })
  }

  private static func encoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        byte < 0x80 && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        || ["_", "-", ".", "~"].contains(scalar)
      encoded +=
        isPlain ? String(scalar) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return encoded
  }

  /// - Throws: where libpq does not understand it.
  private func requireReadable() throws(SQLError) {
    var message: UnsafeMutablePointer<CChar>?
    let options = PQconninfoParse(server, &message)
    defer {
      PQconninfoFree(options)
      PQfreemem(message)
    }
    guard options == nil else { return }
    // What the library says then repeats parts of it.
    guard !secrets.contains(where: { $0.contains("/") }) else {
      throw Self.malformed("a / in a password is written as %2F")
    }
    throw Self.malformed(concealed(message.map { String(cString: $0) } ?? "it cannot be read"))
  }

  /// A text of the library on one line, without what is secret in the address.
  func concealed(_ text: String) -> String {
    var text = text.replacing(server, with: location)
    for secret in secrets { text = text.replacing(secret, with: "…") }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func malformed(_ why: String) -> SQLError {
    SQLError(
      .malformed,
      "the address of the environment cannot be used: \(why)",
      way: "write it as postgres://HOST/DATABASE?schema=NAME"
    )
  }
}

extension String {
  /// Without Foundation.
  fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}
