package import Solutions

/// `unpack --json`.
package struct UnpackShape: Shape {
  package static let format = "strata.unpack"

  package let solution: ExportShape.Solution
  package let folder: String
  package let packageType: Wire.PackageType
  package let files: Files

  /// Paths below the folder, sorted.
  package struct Files: Codable, Sendable {
    /// Files that the solution has.
    package let total: Int
    package let added: [String]
    package let changed: [String]
    package let removed: [String]
    package let unchanged: Int
    /// Files that belong to no solution and were left alone.
    package let kept: Int

    package init(
      total: Int,
      added: [String],
      changed: [String],
      removed: [String],
      unchanged: Int,
      kept: Int
    ) {
      (self.total, self.unchanged, self.kept) = (total, unchanged, kept)
      (self.added, self.changed, self.removed) = (added, changed, removed)
    }
  }

  package init(
    _ package: SolutionPackage,
    folder: String,
    packageType: Wire.PackageType,
    files: Files
  ) {
    solution = ExportShape.Solution(package.manifest)
    self.folder = folder
    self.packageType = packageType
    self.files = files
  }
}
