/// A value as other programs read it: a JSON object whose kind is told by `format`.
///
/// Shapes are made from values of `Solutions` by hand, so that no name on the wire changes with a name in the model.
/// Fields may be added; those that are there keep their name and meaning. No shape writes `format` itself: `Envelope`
/// does, once for all.
package protocol Shape: Codable, Sendable {
  /// `strata.plan` and its like.
  static var format: String { get }
}

extension Shape {
  /// Counts changes that readers cannot bear.
  package static var formatVersion: Int { 1 }
}

/// A shape with `format` and `formatVersion` beside its fields.
package struct Envelope<Content: Shape>: Codable, Sendable {
  package let content: Content

  package init(_ content: Content) { self.content = content }

  private enum Key: String, CodingKey {
    case format
    case formatVersion
  }

  /// - Throws: `UnknownFormat` for another format or version; `DecodingError` for what is no such shape.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let format = try container.decode(String.self, forKey: .format)
    let version = try container.decode(Int.self, forKey: .formatVersion)
    guard format == Content.format, version == Content.formatVersion else {
      throw UnknownFormat(format: format, version: version, isOther: format != Content.format)
    }
    content = try Content(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Content.format, forKey: .format)
    try container.encode(Content.formatVersion, forKey: .formatVersion)
    try content.encode(to: encoder)
  }
}

/// A document that is of another format, or of a version that a newer release writes.
package struct UnknownFormat: Error, Equatable, Sendable {
  package let format: String
  package let version: Int
  /// Whether it is something else altogether.
  package let isOther: Bool
}
