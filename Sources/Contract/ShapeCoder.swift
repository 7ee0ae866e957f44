internal import FoundationEssentials

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
  /// - Throws: `UnknownFormat` for another format or version; `DecodingError` for what is no such shape.
  package static func shape<Content: Shape>(_ type: Content.Type, _ bytes: [UInt8]) throws
    -> Content
  {
    try decode(Envelope<Content>.self, bytes).content
  }

  /// A value without a format.
  ///
  /// - Throws: `DecodingError` for anything else.
  package static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value
  {
    try JSONDecoder().decode(type, from: Data(bytes))
  }
}
