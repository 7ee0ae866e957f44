package import Solutions

/// `list --json`.
package struct SolutionsShape: Shape {
  package static let format = "strata.solutions"

  package struct Item: Codable, Sendable {
    package let uniqueName: String
    package let displayName: String
    package let version: String
    package let id: String
    package let managed: Bool
    package let publisher: String
    @Nullable package var patchOf: String?
    @Nullable package var pendingUpgradeOf: String?
    @Nullable package var installedOn: String?
    @Nullable package var updatedOn: String?
    /// That last changed it.
    @Nullable package var operation: Int?
  }

  package let solutions: [Item]

  /// - Parameter solutions: topmost first.
  package init(_ solutions: [InstalledSolution.Dated]) {
    self.solutions = solutions.map { Item($0.solution, $0.dates) }
  }
}

extension SolutionsShape.Item {
  init(_ row: InstalledSolution, _ dates: InstalledSolution.Dates?) {
    uniqueName = row.name.text
    displayName = row.displayName
    version = row.version.text
    id = row.id.description
    managed = row.isManaged
    publisher = row.publisher.text
    patchOf = row.parent?.text
    if case .holding(let base) = row.role { pendingUpgradeOf = base.text }
    installedOn = dates?.installed.description
    updatedOn = dates?.updated.description
    operation = dates?.operation
  }
}
