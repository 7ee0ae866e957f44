import Solutions

/// A part of a Markdown report: a heading and entries, of which whole ones go where the report is too long for a comment.
struct MarkdownPart {
  struct Entry {
    let text: Markdown
    /// How many it stands for.
    var count = 1
  }

  enum Form {
    /// No heading.
    case plain
    case headed(Prose)
    /// Folded below its heading.
    case folded(Prose)
  }

  /// What goes first where something must; deletions, the verdict and the title last.
  enum Weight: Int, CaseIterable {
    case metadata
    case labels
    case notes
    case additions
    case interface
    case kept
    case switches
    case changes
    case warnings
    case errors
    case deletions
    case verdict
    case title

    /// What is said to be left out.
    var words: Prose {
      switch self {
      case .metadata: "in metadata only"
      case .labels: "labels"
      case .notes: "notes"
      case .additions: "additions"
      case .interface: "changes of forms and views"
      case .kept: "kept by others"
      case .switches: "switches"
      case .changes: "changes of data, behavior and access"
      case .warnings: "warnings"
      case .errors: "errors"
      case .deletions: "deletions"
      case .verdict: "sentences of the verdict"
      case .title: "titles"
      }
    }
  }

  let weight: Weight
  let form: Form
  private(set) var entries: [Entry]
  /// How many are not told.
  private(set) var left = 0

  /// - Returns: nil where nothing stands in it.
  init?(_ weight: Weight, _ form: Form, _ entries: [Entry]) {
    guard !entries.isEmpty else { return nil }
    (self.weight, self.form, self.entries) = (weight, form, entries)
  }

  var text: Markdown {
    // A heading over nothing tells less than the last line does.
    guard !entries.isEmpty else { return "" }
    let more: [Markdown] = left == 0 ? [] : ["- … and \(left) more"]
    let lines = entries.map(\.text) + more
    switch form {
    case .plain: return lines.map { $0 + "\n\n" }.joined(separator: "")
    case .headed(let title):
      return "#### \(title)\n\n" + lines.joined(separator: "\n") + "\n\n"
    case .folded(let title):
      return "<details><summary>\(summary: title)</summary>\n\n" + lines.joined(separator: "\n")
        + "\n\n</details>\n\n"
    }
  }

  /// Takes its last entries until so many characters are gone.
  fileprivate mutating func cut(_ excess: inout Int) {
    while excess > 0, let entry = entries.popLast() {
      left += entry.count
      excess -= entry.text.length
    }
  }
}

/// Parts that fit into a comment.
struct MarkdownCut {
  /// In the units of UTF-16, of which no service counts more.
  let limit: Int
  /// Where all of it is.
  let rest: Markdown

  func callAsFunction(_ parts: [MarkdownPart], end: Markdown) -> String {
    var parts = parts
    while true {
      let text = parts.map(\.text).joined(separator: "") + note(parts) + end
      guard text.length > limit, cut(&parts, by: text.length - limit) else { return text.text }
    }
  }

  /// - Returns: false where nothing is left to be cut.
  private func cut(_ parts: inout [MarkdownPart], by length: Int) -> Bool {
    var excess = length
    for weight in MarkdownPart.Weight.allCases {
      for index in parts.indices.reversed() where parts[index].weight == weight {
        parts[index].cut(&excess)
      }
    }
    return excess < length
  }

  /// What went, and where it is; nothing where nothing did.
  private func note(_ parts: [MarkdownPart]) -> Markdown {
    let left = MarkdownPart.Weight.allCases.compactMap { weight -> Markdown? in
      let count = parts.filter { $0.weight == weight }.map(\.left).reduce(0, +)
      return count == 0 ? nil : "\(count) \(weight.words)"
    }
    guard !left.isEmpty else { return "" }
    return "*Cut to \(limit) characters. Left out: \(left.joined(separator: ", "))."
      + " All of it is in \(rest).*\n\n"
  }
}
