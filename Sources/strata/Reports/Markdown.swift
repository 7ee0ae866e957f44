import Solutions

/// Markdown of ours, and in it what comes from outside, in code spans: there is no mention, no link and no sign in them.
///
/// A literal and a number are ours. Whatever else is interpolated is foreign (docs/decisions/080).
struct Markdown: Equatable, ExpressibleByStringInterpolation {
  let text: String

  init(stringLiteral text: String) { self.text = text }

  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  fileprivate init(_ text: String) { self.text = text }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ words: String) { text += words }

    mutating func appendInterpolation(_ markdown: Markdown) { text += markdown.text }

    mutating func appendInterpolation(_ number: Int) { text += String(number) }

    mutating func appendInterpolation(_ number: Count) { text += number.description }

    /// A word or some of ours, with no foreign text in it.
    mutating func appendInterpolation(ours words: String) { text += words }

    /// A kind of component: plain where it is a word, foreign where it is anything else.
    mutating func appendInterpolation(kind: String) {
      let isWord =
        !kind.isEmpty
        && kind.utf8.allSatisfy { byte in
          (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
      text += isWord ? kind : Markdown.span(kind)
    }

    mutating func appendInterpolation(_ foreign: String) { text += Markdown.span(foreign) }

    mutating func appendInterpolation(_ foreign: Prose) { text += Markdown.span(foreign.text) }
  }

  /// On one line, between more marks than it has in a row.
  private static func span(_ foreign: String) -> String {
    let text = foreign.visible
    guard !text.isEmpty else { return "“”" }
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let isPadded = text.hasPrefix("`") || text.hasSuffix("`") || text.allSatisfy { $0 == " " }
    return isPadded ? "\(fence) \(text) \(fence)" : "\(fence)\(text)\(fence)"
  }

  static func + (left: Markdown, right: Markdown) -> Markdown { Markdown(left.text + right.text) }

  static func += (left: inout Markdown, right: Markdown) { left = left + right }
}

extension Sequence<Markdown> {
  func joined(separator: Markdown) -> Markdown {
    Markdown(map(\.text).joined(separator: separator.text))
  }
}
