package import Solutions

/// `set-version --json` of files.
package struct SetVersionShape: Shape {
  package static let format = "strata.set-version"

  package let uniqueName: String
  package let managed: Bool
  package let before: String
  package let after: String
  /// The package or manifest that was written, or would be.
  package let file: String
  package let written: Bool

  package init(
    _ name: SolutionName,
    isManaged: Bool,
    from before: SolutionVersion,
    to after: SolutionVersion,
    file: String,
    isWritten: Bool
  ) {
    uniqueName = name.text
    managed = isManaged
    self.before = before.text
    self.after = after.text
    self.file = file
    written = isWritten
  }
}
