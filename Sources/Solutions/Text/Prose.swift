/// Text that people read: words of ours, and in it what comes from a file, a package or the command line, each on one line
/// and with every character visible (docs/decisions/080).
///
/// A literal is ours. A `String`, or anything that describes itself, is foreign and made visible as it is interpolated; a
/// `Prose` is neither. So nothing foreign gets into it as it is, whoever forgets what.
package struct Prose: Sendable, ExpressibleByStringInterpolation {
  /// As it may be shown.
  package let text: String
  /// Where it is foreign, in bytes from its start, in order; a medium may set that apart.
  private let foreign: [Range<Int>]

  package init(stringLiteral words: String) { self.init(words) }

  package init(stringInterpolation: StringInterpolation) {
    (text, foreign) = (stringInterpolation.text, stringInterpolation.foreign)
  }

  private init(_ text: String, foreign: [Range<Int>] = []) {
    (self.text, self.foreign) = (text, foreign)
  }

  /// What is foreign, made visible.
  package static func foreign(_ text: String) -> Prose { "\(text)" }

  /// A text of ours that is no literal: what is made of prose by cutting, padding or coloring it.
  package static func ours(_ text: String) -> Prose { Prose(text) }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""
    fileprivate var foreign: [Range<Int>] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ words: String) { text += words }

    package mutating func appendInterpolation(_ prose: Prose) {
      let start = text.utf8.count
      foreign += prose.foreign.map { $0.lowerBound + start..<$0.upperBound + start }
      text += prose.text
    }

    /// A number is of nobody.
    package mutating func appendInterpolation(_ number: Int) { text += number.description }

    package mutating func appendInterpolation(_ number: Count) { text += number.description }

    /// What is chosen among literals is ours, too: they are prose before they are strings.
    @_disfavoredOverload
    package mutating func appendInterpolation(_ foreign: String) {
      let start = text.utf8.count
      text += foreign.visible
      let end = text.utf8.count
      guard start < end else { return }
      self.foreign.append(start..<end)
    }

    @_disfavoredOverload
    package mutating func appendInterpolation(_ foreign: some CustomStringConvertible) {
      appendInterpolation(foreign.description)
    }
  }

  package struct Piece: Equatable, Sendable {
    package var text: String
    package let isForeign: Bool
  }

  /// One after the other, none of them empty.
  package var pieces: [Piece] {
    var pieces: [Piece] = []
    var (end, place) = (0, text.startIndex)
    func tell(_ offset: Int, _ isForeign: Bool) {
      let start = place
      place = text.utf8.index(start, offsetBy: offset - end)
      end = offset
      pieces.append(Piece(text: String(text[start..<place]), isForeign: isForeign))
    }
    for range in foreign {
      if end < range.lowerBound { tell(range.lowerBound, false) }
      tell(range.upperBound, true)
    }
    if end < text.utf8.count { tell(text.utf8.count, false) }
    return pieces
  }

  package var isEmpty: Bool { text.isEmpty }

  /// In two, where a separator stands first; whole where it stands nowhere.
  package func cut(at separator: Prose) -> (before: Prose, after: Prose?) {
    guard let place = text.firstRange(of: separator.text) else { return (self, nil) }
    let start = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
    let end = text.utf8.distance(from: text.startIndex, to: place.upperBound)
    return (
      Prose(String(text[..<place.lowerBound]), foreign: foreign.shifted(within: 0..<start)),
      Prose(
        String(text[place.upperBound...]),
        foreign: foreign.shifted(within: end..<text.utf8.count)
      )
    )
  }

  package static func + (left: Prose, right: Prose) -> Prose { "\(left)\(right)" }

  package static func += (left: inout Prose, right: Prose) { left = left + right }
}

extension Prose: Hashable {
  /// The same words are the same, whosever they are.
  package static func == (left: Prose, right: Prose) -> Bool { left.text == right.text }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension [Range<Int>] {
  /// What of them is within, counted from its start.
  fileprivate func shifted(within whole: Range<Int>) -> [Range<Int>] {
    compactMap { range in
      let range = range.clamped(to: whole)
      guard !range.isEmpty else { return nil }
      return range.lowerBound - whole.lowerBound..<range.upperBound - whole.lowerBound
    }
  }
}

extension Prose: CustomStringConvertible {
  package var description: String { text }
}

extension Sequence<Prose> {
  package func joined(separator: Prose = "") -> Prose {
    var joined = Prose.StringInterpolation(literalCapacity: 0, interpolationCount: 0)
    for (number, prose) in enumerated() {
      if number > 0 { joined.appendInterpolation(separator) }
      joined.appendInterpolation(prose)
    }
    return Prose(stringInterpolation: joined)
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
