extension InstalledSolution {
  /// When a solution's row was first brought and last changed, and by which operation.
  package struct Dates: Equatable, Sendable {
    package let installed: Timestamp
    package let updated: Timestamp
    package let operation: Int

    package init(installed: Timestamp, updated: Timestamp, operation: Int) {
      self.installed = installed
      self.updated = updated
      self.operation = operation
    }
  }

  /// A solution with its dates.
  package struct Dated: Equatable, Sendable {
    package let solution: InstalledSolution
    /// nil where no operation brought it.
    package let dates: Dates?

    package init(_ solution: InstalledSolution, _ dates: Dates?) {
      self.solution = solution
      self.dates = dates
    }
  }
}
