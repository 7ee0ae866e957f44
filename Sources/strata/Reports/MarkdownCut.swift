/// A Markdown report that fits into a comment.
///
/// Whole entries go, the least first and deletions last; how many went is said where they were, and where all of it is at
/// the end.
struct MarkdownCut {
  /// In the units of UTF-16, of which no service counts more.
  let limit: Int
  /// Where the rest is, as in `the HTML report plan.html`.
  let rest: String

  func callAsFunction(_ text: String) -> String {
    guard text.utf16.count > limit else { return text }
    var sections = Section.all(of: text)
    let note = "*Cut to \(limit) characters; all of it is in \(rest).*\n"
    var excess = text.utf16.count - limit + note.utf16.count + sections.count * Self.lineMax
    for index in sections.indices.sorted(by: { sections[$0].rank < sections[$1].rank }) {
      while excess > 0, let entry = sections[index].entries.popLast() {
        sections[index].left += Self.count(entry)
        excess -= entry.utf16.count
      }
    }
    let cut = sections.map(\.text).joined() + note
    // Heads alone may be too many.
    guard cut.utf16.count > limit else { return cut }
    var lines = cut.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.count > 1, lines.map({ $0.utf16.count + 1 }).reduce(note.utf16.count, +) > limit {
      lines.removeLast()
    }
    return lines.joined(separator: "\n") + "\n" + note
  }

  /// Of the line that says how many went.
  private static let lineMax = 40

  /// How many an entry stands for, which may say so itself.
  private static func count(_ entry: String) -> Int {
    entry.firstMatch(of: /^- … and (\d{1,9}) more/).flatMap { Int($0.output.1) } ?? 1
  }

  /// The findings at the top, or what folds; its entries are lists.
  private struct Section {
    var head = ""
    var entries: [String] = []
    var tail = ""
    var left = 0
    var rank = 0

    var text: String {
      head + entries.joined() + (left == 0 ? "" : "- … and \(left) more\n") + tail
    }

    /// What is told last goes first; findings go before deletions.
    static func all(of text: String) -> [Section] {
      var sections = [Section()]
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("<details") { sections.append(Section()) }
        sections[sections.count - 1].take("\(line)\n")
      }
      let last = sections.count
      for index in sections.indices {
        let isDeletions = sections[index].head.contains("<summary>Deleted")
        sections[index].rank = isDeletions ? last + 1 : index == 0 ? last : last - index
      }
      return sections
    }

    private mutating func take(_ line: String) {
      if line.hasPrefix("- "), tail.isEmpty {
        entries.append(line)
      } else if line.hasPrefix("  "), tail.isEmpty, let last = entries.indices.last {
        entries[last] += line
      } else if entries.isEmpty {
        head += line
      } else {
        tail += line
      }
    }
  }
}
