internal import FoundationEssentials
package import JSON

/// Shapes are spelled the same way on every run: fields sorted, slashes as they are.
package enum ShapeCoder {
  /// On many lines, with its format and a line feed at the end.
  ///
  /// - Throws: `EncodingError` for a number that JSON cannot hold.
  package static func json(_ shape: some Shape) throws -> String { try json(bare: Envelope(shape)) }

  /// The same for values without a format of their own.
  ///
  /// - Throws: `EncodingError` for a number that JSON cannot hold.
  package static func json(bare value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  /// On one line, without a format.
  ///
  /// - Throws: `EncodingError` for a number that JSON cannot hold.
  package static func line(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// A shape with its format.
  ///
  /// - Throws: `JSONError` for what is no JSON; `UnknownFormat` for another format or version; `DecodingError` for what
  ///   is no such shape.
  package static func shape<Content: Shape>(_ type: Content.Type, _ bytes: [UInt8]) throws
    -> Content
  {
    try decode(Envelope<Content>.self, bytes).content
  }

  /// A value without a format.
  ///
  /// - Throws: `JSONError` for what is no JSON, says something twice or is above a limit; `DecodingError` for anything
  ///   else that is no such value.
  package static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value
  {
    // Only what the scanner lets pass reaches the decoder, which knows no limits.
    let document = try JSONDocument(bytes, limits: .document)
    return try JSONDecoder().decode(type, from: Data(document.bytes))
  }
}

extension JSONLimits {
  /// Of plans, counts and settings: files of one's own, and plans of large solutions are long.
  package static let document = JSONLimits(bytes: 512 << 20, values: 64_000_000, depth: 64)
}
