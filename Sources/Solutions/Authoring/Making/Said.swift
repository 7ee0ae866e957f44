/// What a readable file says: texts, lists and pairs, with the lines on which they begin.
package struct Said: Sendable {
  package indirect enum Content: Sendable {
    /// Also of numbers and of yes and no, as they are spelled; empty where nothing is said.
    case text(String)
    case list([Said])
    /// In the order of the file; no key is there twice.
    case pairs([Pair])
  }

  package struct Pair: Sendable {
    package let key: String
    /// Of the key.
    package let line: Int
    package let value: Said

    package init(_ key: String, line: Int = 0, _ value: Said) {
      (self.key, self.line, self.value) = (key, line, value)
    }
  }

  package let content: Content
  /// 1-based; 0 where there is no file.
  package let line: Int

  package init(_ content: Content, line: Int = 0) { (self.content, self.line) = (content, line) }
}

extension Said: Equatable {
  /// Lines do not count.
  package static func == (left: Said, right: Said) -> Bool {
    switch (left.content, right.content) {
    case (.text(let one), .text(let other)): one == other
    case (.list(let one), .list(let other)): one == other
    case (.pairs(let one), .pairs(let other)):
      one.elementsEqual(other) { $0.key == $1.key && $0.value == $1.value }
    default: false
    }
  }

  /// Whether nothing is said.
  var isEmpty: Bool {
    switch content {
    case .text(let text): text.isEmpty
    case .list(let items): items.isEmpty
    case .pairs(let pairs): pairs.isEmpty
    }
  }
}

/// Why something that is said cannot be meant.
struct Unsound: Error {
  let line: Int
  let problem: Phrase
}

extension Said {
  func text() throws(Unsound) -> String {
    guard case .text(let text) = content else { throw unsound("a text is expected here") }
    return text
  }

  /// A text that is not empty.
  func name() throws(Unsound) -> String {
    let text = try text()
    guard !text.isEmpty else { throw unsound("a name is expected here") }
    return text
  }

  func isYes() throws(Unsound) -> Bool {
    switch try text().lowercased() {
    case "yes", "true", "on": return true
    case "no", "false", "off": return false
    case let other: throw unsound("“\(other)” is neither yes nor no")
    }
  }

  func whole(_ range: ClosedRange<Int>) throws(Unsound) -> Int {
    let text = try text()
    guard let number = Int(text), range.contains(number) else {
      throw unsound("“\(text)” is no whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number as it is spelled.
  func number() throws(Unsound) -> String {
    let text = try text()
    guard let number = Double(text), number.isFinite else {
      throw unsound("“\(text)” is no number")
    }
    return text
  }

  /// One of some words.
  func word(_ words: [String]) throws(Unsound) -> String {
    let text = try text()
    guard words.contains(text) else {
      throw unsound("“\(text)” is none of \(words.joined(separator: ", "))")
    }
    return text
  }

  /// Several, or one alone.
  func items() throws(Unsound) -> [Said] {
    switch content {
    case .list(let items): return items
    case .text(""): return []
    default: return [self]
    }
  }

  /// Pairs; none where nothing is said.
  func pairs() throws(Unsound) -> [Pair] {
    switch content {
    case .pairs(let pairs): return pairs
    case .text(""): return []
    default: throw unsound("names with values are expected here")
    }
  }

  func unsound(_ problem: Phrase) -> Unsound { Unsound(line: line, problem: problem) }
}
