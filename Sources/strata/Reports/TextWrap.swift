import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// Lines as wide as the terminal: broken between words, with a hanging indent.
///
/// Paths, ids and codes stay whole.
struct TextWrap {
  /// nil breaks nothing: to a file or a pipe.
  let width: Int?

  /// Of the terminal that standard output is, else `COLUMNS`, else 100; nil where it is none.
  static var ofOutput: TextWrap {
    guard let terminal = Terminal.ofOutput else { return TextWrap(width: nil) }
    if terminal.columns > 0 { return TextWrap(width: terminal.columns) }
    let said = getenv("COLUMNS").flatMap { Int(String(cString: $0)) }
    return TextWrap(width: said.flatMap { $0 > 0 ? $0 : nil } ?? 100)
  }

  func callAsFunction(_ text: Prose) -> Prose {
    guard let width else { return text }
    let lines = text.text.split(separator: "\n", omittingEmptySubsequences: false)
    return .ours(lines.map { Self.wrapped($0, max(width, 40)) }.joined(separator: "\n"))
  }

  private static func wrapped(_ line: Substring, _ width: Int) -> String {
    guard Self.width(String(line)) > width else { return String(line) }
    let indent = line.prefix { $0 == " " }.count
    let hang = String(repeating: " ", count: min(indent + 4, width / 2))
    var (result, current) = ("", String(repeating: " ", count: indent))
    var isFresh = true
    for word in line.dropFirst(indent).split(separator: " ", omittingEmptySubsequences: false) {
      let more = isFresh ? String(word) : " \(word)"
      if !isFresh, Self.width(current) + Self.width(more) > width {
        result += current.trimmedEnd + "\n"
        current = hang + word
        isFresh = word.isEmpty
      } else {
        current += more
        isFresh = false
      }
    }
    return result + current
  }

  static func width(_ text: Prose) -> Int { width(text.text) }

  /// In characters, without the signs that color.
  static func width(_ text: String) -> Int {
    guard text.contains("\u{1B}") else { return text.count }
    var (count, isSign) = (0, false)
    for character in text {
      if character == "\u{1B}" { isSign = true }
      if !isSign { count += 1 }
      if isSign, character == "m" { isSign = false }
    }
    return count
  }
}

extension String {
  fileprivate var trimmedEnd: Substring {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return self[...last]
  }
}
