package import Reading
package import Solutions

/// `diff --json`.
package struct DiffShape: Shape {
  package static let format = "strata.diff"

  package struct Side: Codable, Sendable {
    package let file: String
    package let uniqueName: String
    package let version: String
    package let managed: Bool
    package let publisher: String
  }

  package struct Summary: Codable, Sendable {
    package var add = 0
    package var change = 0
    package var delete = 0
    package var unchanged = 0
  }

  package struct Entry: Codable, Sendable {
    package let action: Wire.Action
    package let impact: Wire.Impact
    package let component: ComponentShape
    package let properties: [Property]
  }

  package struct Property: Codable, Sendable {
    package let path: String
    /// The path in the names of a form's parts; absent where it says no more than `path`.
    package let words: String?
    @Nullable package var before: String?
    @Nullable package var after: String?
    /// Absent where two states are compared, and not two versions.
    package var impact: Wire.Impact?

    init(_ change: PropertyChanges.Change, _ secrecy: Secrecy) {
      self.init(secrecy.told(PropertyChange(change)))
    }

    init(_ change: PropertyChange) {
      (path, words, before, after) = (change.path, change.words, change.before, change.after)
    }
  }

  package struct Carried: Codable, Sendable {
    package let location: String
    @Nullable package var before: Int?
    @Nullable package var after: Int?
  }

  package let old: Side
  package let new: Side
  package let summary: Summary
  package private(set) var changes: [Entry]
  /// Whether changes are left out; absent otherwise.
  package private(set) var filtered: Bool?
  /// By which words of the command line; absent where nothing is left out.
  package private(set) var filteredBy: String?
  package let carried: [Carried]

  package init(_ old: SolutionPackage, _ new: SolutionPackage, kinds: ComponentKinds) {
    self.old = Side(old)
    self.new = Side(new)
    let difference = PackageDifference(from: old, to: new, kinds: kinds)
    changes = difference.entries.map { entry in
      Entry(
        action: Wire.Action(entry.action),
        impact: Wire.Impact(entry.impact),
        component: ComponentShape(
          entry.component.id,
          name: entry.component.name,
          displayName: entry.component.displayName,
          parent: entry.component.parent,
          parentName: entry.parentName,
          kinds: kinds
        ),
        properties: entry.properties.map { property in
          var shape = Property(property)
          shape.impact = Wire.Impact(property.impact)
          return shape
        }
      )
    }
    summary = Summary(
      add: difference.entries.count { $0.action == .add },
      change: difference.entries.count { $0.action == .change },
      delete: difference.entries.count { $0.action == .delete },
      unchanged: difference.unchanged
    )
    carried = difference.carried.map {
      Carried(location: $0.location, before: $0.before, after: $0.after)
    }
  }

  /// The same with the changes alone that a reader asks for.
  package func filtered(by filter: ReadingFilter, _ words: String) -> DiffShape {
    guard !filter.isEmpty else { return self }
    var shape = self
    shape.changes = changes.filter { filter.takes(ReadableEntry($0)) }
    (shape.filtered, shape.filteredBy) = (true, words)
    return shape
  }

  package var isEmpty: Bool {
    changes.isEmpty && carried.isEmpty && old.version == new.version && old.managed == new.managed
      && old.publisher == new.publisher
  }
}

extension DiffShape.Side {
  fileprivate init(_ package: SolutionPackage) {
    file = package.file
    uniqueName = package.name.text
    version = package.manifest.version.text
    managed = package.manifest.isManaged
    publisher = package.manifest.publisher.name.text
  }
}
