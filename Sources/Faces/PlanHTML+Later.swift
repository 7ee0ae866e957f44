internal import Contract
internal import Mustache
internal import Reading
internal import Solutions

// Parts of a long plan that its page leaves for later.
extension PlanHTML {
  /// The entries of a group that the page left for later; nil where there is no such group.
  ///
  /// - Throws: never, for the template is ours.
  package func group(_ number: Int) throws -> String? {
    let groups = sections.flatMap(\.groups)
    guard groups.indices.contains(number) else { return nil }
    return try list(groups[number].entries)
  }

  /// The group in which an anchor stands; nil where it stands in the page itself, or nowhere.
  package func groupNumber(of anchor: String) -> Int? {
    sections.flatMap(\.groups).firstIndex { group in
      group.entries.contains { anchors[$0] == anchor }
    }
  }

  /// Entries that have all words, and one of the impacts and actions where any are said.
  ///
  /// - Returns: the first of them as HTML, and how many there are.
  /// - Throws: never, for the template is ours.
  package func found(
    _ words: [String],
    impacts: Set<String>,
    actions: Set<String>
  ) throws -> (html: String, count: Int) {
    let found = reading.entries.filter { entry in
      (impacts.isEmpty || impacts.contains(Wire.Impact(entry.impact).rawValue))
        && (actions.isEmpty || actions.contains(Wire.Action(entry.action).rawValue))
        && (words.isEmpty || isNamed(entry, by: words))
    }
    return (try list(Array(found.prefix(Self.foundMax))), found.count)
  }

  private static let foundMax = 200

  private func isNamed(_ entry: ReadableEntry, by words: [String]) -> Bool {
    let text = "\(entry.address) \(reading.names.whole(entry).text)".lowercased()
    return words.allSatisfy { text.contains($0) }
  }

  private func list(_ entries: [ReadableEntry]) throws -> String {
    try MustacheTemplate(string: Self.entries)
      .render(Self.visible(["entries": entries.map { entry($0) }]))
  }
}
