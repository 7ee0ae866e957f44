package import Solutions

/// `describe --json`.
package struct DescriptionShape: Shape {
  package static let format = "strata.describe"

  /// What was written, or would be.
  package struct Files: Codable, Sendable {
    /// The readable file; null where it went to standard output, or into `text`.
    @Nullable package var file: String?
    /// Those beside it, below its folder, sorted.
    package let beside: [String]
    /// Whether those beside it were written.
    package let written: Bool

    package init(file: String?, beside: [String], written: Bool) {
      (self.file, self.beside, self.written) = (file, beside, written)
    }
  }

  package struct Kind: Codable, Sendable {
    package let kind: String
    package let total: Int
    /// All of which the file says.
    package let whole: Int
    /// Of which it says a part.
    package let partly: Int
    /// That it does not describe.
    package let unsaid: Int
  }

  package struct NotSaid: Codable, Sendable {
    package let component: ComponentShape
    /// Why no word describes it; null where some of it is said.
    @Nullable package var reason: String?
    /// Paths of what is not said of it; empty where nothing is.
    package let paths: [String]
  }

  package struct Kept: Codable, Sendable {
    package let path: String
    /// Components of which it is not said.
    package let count: Int
  }

  package let solution: ExportShape.Solution
  package let files: Files
  /// By kind.
  package let components: [Kind]
  package let notSaid: [NotSaid]
  /// What the platform keeps for itself, by the ends of paths.
  package let kept: [Kept]
  /// The readable file; absent where it was written.
  package let text: String?

  package init(
    _ description: Description,
    files: Files,
    text: String?,
    kinds: ComponentKinds
  ) {
    let solution = description.solution
    self.solution = ExportShape.Solution(
      uniqueName: solution.name.text,
      version: solution.version.text,
      managed: solution.isManaged
    )
    self.files = files
    self.text = text
    let byKind = Dictionary(grouping: description.components) { $0.component.id.type }
    components = byKind.sorted { $0.key < $1.key }.map { type, told in
      let whole = told.count { $0.isWhole }
      let unsaid = told.count { !$0.isSaid }
      return Kind(
        kind: kinds[type].name,
        total: told.count,
        whole: whole,
        partly: told.count - whole - unsaid,
        unsaid: unsaid
      )
    }
    notSaid = description.components.filter { !$0.isWhole }.map { told in
      NotSaid(
        component: ComponentShape(
          told.component.id,
          name: told.component.name ?? told.component.id.key,
          displayName: told.component.displayName,
          parent: nil,
          kinds: kinds
        ),
        reason: told.obstacle?.words,
        paths: told.unsaid
      )
    }
    var ends: [String: Int] = [:]
    for told in description.components {
      for end in Set(told.kept.map(Self.end)) { ends[end, default: 0] += 1 }
    }
    kept = ends.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { Kept(path: $0.key, count: $0.value) }
  }

  private static func end(_ path: String) -> String {
    String(path.split { $0 == "/" || $0 == "@" }.last ?? "")
  }
}
