import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// Colors for terminals; never the only carrier of meaning.
struct TextStyle {
  let isColored: Bool

  /// Colored on a terminal, unless the user or the environment says no.
  init(noColor: Bool) {
    isColored = !noColor && getenv("NO_COLOR") == nil && isatty(STDOUT_FILENO) == 1
  }

  enum Color: Int, CaseIterable {
    case red = 31
    case green = 32
    case yellow = 33
    case blue = 34
    case gray = 90
  }

  func callAsFunction(_ text: Prose, _ color: Color) -> Prose { marked(text, color.rawValue) }

  func bold(_ text: Prose) -> Prose { marked(text, 1) }

  private func marked(_ text: Prose, _ number: Int) -> Prose {
    isColored ? .ours("\u{1B}[\(number)m\(text)\u{1B}[0m") : text
  }
}

/// `1 table`, `3 tables`, `no tables`.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  let many = plural ?? noun + "s"
  return count == 0 ? "no \(many)" : count == 1 ? "1 \(noun)" : "\(count) \(many)"
}

func counted(_ count: Count, _ noun: String, _ plural: String? = nil) -> String {
  count.isMore ? "\(count) \(plural ?? noun + "s")" : counted(count.number, noun, plural)
}

/// Two values, each cut so that they still differ.
func shown(_ before: String?, _ after: String?, _ limit: Int) -> (before: String, after: String) {
  guard let before, let after else {
    return (before?.shown(limit) ?? "∅", after?.shown(limit) ?? "∅")
  }
  let same = zip(before, after).prefix { $0 == $1 }.count
  // A little of what is the same leads to the first difference.
  let start = same - limit / 3
  guard max(before.count, after.count) >= limit, start > limit / 3 else {
    return (before.shown(limit), after.shown(limit))
  }
  return (
    "…\(String(before.dropFirst(start)).shown(limit))",
    "…\(String(after.dropFirst(start)).shown(limit))"
  )
}
