/// Text that people read: words of ours, and in it what comes from a file, a package or the command line, each on one line
/// and with every character visible (docs/decisions/080).
///
/// A literal is ours. A `String`, or anything that describes itself, is foreign and made visible as it is interpolated; a
/// `Prose` is neither. So nothing foreign gets into it as it is, whoever forgets what.
package struct Prose: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// As it may be shown.
  package let text: String

  package init(stringLiteral words: String) { text = words }

  package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  private init(_ text: String) { self.text = text }

  /// What is foreign, made visible.
  package static func foreign(_ text: String) -> Prose { Prose(text.visible) }

  /// A text of ours that is no literal: what is made of prose by cutting, padding or coloring it.
  package static func ours(_ text: String) -> Prose { Prose(text) }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ words: String) { text += words }

    package mutating func appendInterpolation(_ prose: Prose) { text += prose.text }

    package mutating func appendInterpolation(_ foreign: String) { text += foreign.visible }

    package mutating func appendInterpolation(_ foreign: some CustomStringConvertible) {
      text += foreign.description.visible
    }
  }

  package var isEmpty: Bool { text.isEmpty }

  /// In two, where a separator stands first; whole where it stands nowhere.
  package func cut(at separator: Prose) -> (before: Prose, after: Prose?) {
    guard let place = text.firstRange(of: separator.text) else { return (self, nil) }
    return (Prose(String(text[..<place.lowerBound])), Prose(String(text[place.upperBound...])))
  }

  package static func + (left: Prose, right: Prose) -> Prose { Prose(left.text + right.text) }

  package static func += (left: inout Prose, right: Prose) { left = left + right }
}

extension Prose: CustomStringConvertible {
  package var description: String { text }
}

extension Sequence<Prose> {
  package func joined(separator: Prose = "") -> Prose {
    .ours(map(\.text).joined(separator: separator.text))
  }
}

extension String {
  /// On one line, with signs in the place of what drives terminals or turns the writing direction.
  package var visible: String {
    guard !utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return self }
    var result = ""
    for scalar in unicodeScalars { result.unicodeScalars.append(scalar.visible) }
    return result
  }

  /// Whether it has anything that `visible` replaces.
  package var hasInvisible: Bool { unicodeScalars.contains { $0.visible != $0 } }
}

extension Unicode.Scalar {
  /// `⏎` for line breaks, `�` for what controls or turns, else itself.
  package var visible: Unicode.Scalar {
    switch value {
    case 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: "⏎"
    case 0..<0x20, 0x7F..<0xA0: "�"
    // Marks, embeddings, overrides and isolates of direction; tags, and what stands nowhere.
    case 0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
      0xE0000...0xE007F:
      "�"
    default: self
    }
  }
}

/// An error whose words may be shown as they are.
package protocol ProseError: Error, CustomStringConvertible {
  var prose: Prose { get }
}

extension ProseError {
  package var description: String { prose.text }
}
