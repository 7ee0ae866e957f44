package import Reading
package import Solutions

/// `diff --env … --json`: where what is in effect differs.
package struct DriftShape: Shape {
  package static let format = "strata.drift"

  package struct Solution: Codable, Sendable {
    package let uniqueName: String
    /// Null where it is not installed.
    @Nullable package var before: String?
    @Nullable package var after: String?
  }

  package struct Entry: Codable, Sendable {
    package let action: Wire.Action
    package let component: ComponentShape
    /// Whose statement is in effect; null where the component is not there.
    @Nullable package var solutionBefore: String?
    @Nullable package var solutionAfter: String?
    package let properties: [DiffShape.Property]
  }

  package let from: String
  package let to: String
  package let summary: DiffShape.Summary
  package let solutions: [Solution]
  package private(set) var changes: [Entry]
  /// Components that are not compared: a live environment told that their layers are there, and not what they say; absent
  /// where there is none.
  package let unknown: [ComponentShape]?
  /// Whether changes are left out; absent otherwise.
  package private(set) var filtered: Bool?
  /// By which words of the command line; absent where nothing is left out.
  package private(set) var filteredBy: String?

  package init(_ difference: StateDifference, from: String, to: String, kinds: ComponentKinds) {
    self.from = from
    self.to = to
    summary = DiffShape.Summary(
      add: difference.entries.count { $0.action == .add },
      change: difference.entries.count { $0.action == .change },
      delete: difference.entries.count { $0.action == .delete },
      unchanged: difference.equal
    )
    solutions = difference.solutions.map {
      Solution(uniqueName: $0.name.text, before: $0.before?.text, after: $0.after?.text)
    }
    unknown =
      difference.unknown.isEmpty
      ? nil : difference.unknown.map { ComponentShape($0, kinds: kinds) }
    changes = difference.entries.map { entry in
      Entry(
        action: Wire.Action(entry.action),
        component: ComponentShape(entry.component, kinds: kinds),
        solutionBefore: entry.before?.text,
        solutionAfter: entry.after?.text,
        properties: entry.properties.map {
          .init($0)
        }
      )
    }
  }

  /// The same with the changes alone that a reader asks for.
  package func filtered(by filter: ReadingFilter, _ words: String) -> DriftShape {
    guard !filter.isEmpty else { return self }
    var shape = self
    shape.changes = changes.filter { filter.takes(ReadableEntry($0)) }
    (shape.filtered, shape.filteredBy) = (true, words)
    return shape
  }
}
