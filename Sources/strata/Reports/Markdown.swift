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

    /// What is chosen among literals is ours, too.
    @_disfavoredOverload
    mutating func appendInterpolation(_ foreign: String) { text += Markdown.span(foreign) }

    mutating func appendInterpolation(_ prose: Prose) { text += Markdown(prose).text }

    /// In a heading of what folds, where no mark of Markdown is read.
    mutating func appendInterpolation(summary prose: Prose) {
      for piece in prose.pieces {
        text += piece.isForeign ? "<code>\(Markdown.escaped(piece.text))</code>" : piece.text
      }
    }
  }

  /// Words of ours as they are, foreign ones in spans: those that a mark stands around, without it, and those with nothing
  /// or a dot between them in one.
  init(_ prose: Prose) {
    var pieces: [Prose.Piece] = []
    for piece in prose.pieces {
      let isAfterDot = pieces.last?.text == "." && pieces.dropLast().last?.isForeign == true
      if piece.isForeign, isAfterDot { pieces.removeLast() }
      guard piece.isForeign, let last = pieces.last, last.isForeign else {
        pieces.append(piece)
        continue
      }
      pieces[pieces.count - 1].text = last.text + (isAfterDot ? "." : "") + piece.text
    }
    for index in pieces.indices.dropFirst().dropLast() where pieces[index].isForeign {
      let (before, after) = (pieces[index - 1].text, pieces[index + 1].text)
      guard before.hasSuffix("“"), after.hasPrefix("”") else { continue }
      pieces[index - 1].text.removeLast()
      pieces[index + 1].text.removeFirst()
    }
    text = pieces.map { $0.isForeign ? Self.span($0.text) : $0.text }.joined()
  }

  /// In the units of UTF-16.
  var length: Int { text.utf16.count }

  private static func escaped(_ foreign: String) -> String {
    foreign.visible.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
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
