package import Solutions
internal import Yams

/// Writes what a readable file says as YAML that people like to read: short things on one line, the rest below each other.
///
/// The same gives the same bytes, and `SaidReader` reads what was said.
package struct SaidWriter {
  /// Words under which each stands on a line of its own.
  private let sections: Set<String>

  /// What is longer than this is no line.
  private static let widthMost = 100

  /// - Parameters:
  ///   - remarks: lines of comments behind it.
  ///   - sections: words under which each stands on a line of its own.
  /// - Throws: `PackageError` where YAML cannot spell it.
  package static func write(
    _ said: Said,
    remarks: [Prose] = [],
    sections: Set<String> = Description.sections
  ) throws(PackageError) -> String {
    let writer = SaidWriter(sections: sections)
    let text: String
    do {
      text = try Yams.serialize(
        node: writer.node(said, key: "", indent: 0),
        width: -1,
        allowUnicode: true
      )
    } catch {
      throw PackageError(
        file: "solution.yaml",
        PartError(part: "solution.yaml", line: 0, problem: "it cannot be spelled as YAML")
      )
    }
    // Sections stand apart.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var spaced: [String] = []
    for line in lines {
      let isSection = sections.contains { line == "\($0):" }
      if isSection, !spaced.isEmpty { spaced.append("") }
      spaced.append(String(line))
    }
    let end = remarks.isEmpty ? "" : "\n" + remarks.map { "# \($0.text)\n" }.joined()
    return spaced.joined(separator: "\n") + end
  }

  private func node(_ said: Said, key: String, indent: Int) -> Node {
    let line = line(said)
    let isShort = line.map { indent + key.count + 2 + $0 <= Self.widthMost } ?? false
    switch said.content {
    case .text(let text): return scalar(text)
    case .list(let items):
      let style: Node.Sequence.Style = isShort ? .flow : .block
      return .sequence(
        Node.Sequence(items.map { node($0, key: "", indent: indent + 2) }, .implicit, style)
      )
    case .pairs(let pairs):
      // Few enough to be seen at once, and nothing in them that has a line of its own.
      let isFlow = pairs.isEmpty || isShort && !sections.contains(key) && height(said) <= 2
      return .mapping(
        Node.Mapping(
          pairs.map { (scalar($0.key), node($0.value, key: $0.key, indent: indent + 2)) },
          .implicit,
          isFlow ? .flow : .block
        )
      )
    }
  }

  /// What YAML takes for nothing is a text here.
  private func scalar(_ text: String) -> Node {
    let style: Node.Scalar.Style =
      YAMLText.nothing.contains(text) ? .doubleQuoted : text.contains("\n") ? .literal : .any
    return .scalar(Node.Scalar(text, .implicit, style))
  }

  /// How long it is on one line; nil where it cannot stand on one.
  private func line(_ said: Said) -> Int? {
    switch said.content {
    case .text(let text): return text.contains("\n") ? nil : text.count
    case .list(let items):
      return items.reduce(2) { length, item in
        guard let length, let own = line(item) else { return nil }
        return length + own + 2
      }
    case .pairs(let pairs):
      guard !pairs.contains(where: { sections.contains($0.key) && height($0.value) > 0 }) else {
        return nil
      }
      return pairs.reduce(2) { length, pair in
        guard let length, let own = line(pair.value) else { return nil }
        return length + pair.key.count + own + 4
      }
    }
  }

  /// How many mappings lie in each other.
  private func height(_ said: Said) -> Int {
    switch said.content {
    case .text: 0
    case .list(let items): items.map(height).max() ?? 0
    case .pairs(let pairs): 1 + (pairs.map { height($0.value) }.max() ?? 0)
    }
  }
}
