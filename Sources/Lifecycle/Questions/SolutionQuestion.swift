package import SolutionStore
package import Solutions

/// One solution with what it lists, its patches and its pending upgrade; nil where it is not installed.
package struct SolutionQuestion: Question {
  private let name: SolutionName
  /// nil is now.
  private let revision: Int?

  package init(_ name: SolutionName, asOf revision: Int? = nil) {
    self.name = name
    self.revision = revision
  }

  /// - Throws: `StoreError.noSuchRevision` for an operation that is yet to come.
  package func answer(from store: StoreReader) throws -> SolutionContents? {
    let rows = try store.solutions(at: revision)
    if name == .default {
      return SolutionContents(
        solution: InstalledSolution.Dated(.ofEverything, nil),
        family: [],
        members: try store.members(of: name, at: revision)
      )
    }
    guard let row = rows.first(where: { $0.name == name }) else { return nil }
    return SolutionContents(
      solution: InstalledSolution.Dated(row, try store.dates(at: revision)[name]),
      family: rows.filter { $0.family == row.family && $0.name != row.name },
      members: try store.members(of: name, at: revision)
    )
  }
}
