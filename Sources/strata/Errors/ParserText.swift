import Solutions

/// What the parser of arguments says.
enum ParserText {
  /// With line breaks of its own, and with words of the command line in it.
  static func visible(_ message: String) -> Prose {
    let words = CommandLineWords.typed.words.flatMap { word in
      [word] + (word.firstIndex(of: "=").map { [String(word[word.index(after: $0)...])] } ?? [])
    }
    var message = message
    // The longest first: one may be a part of another.
    for word in words.filter(\.hasInvisible).sorted(by: { $0.utf8.count > $1.utf8.count }) {
      message = message.replacing(word, with: word.visible)
    }
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { .foreign(String($0)) }.joined(separator: "\n")
  }
}
