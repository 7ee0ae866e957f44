package import Solutions

/// A package that could not be read at all; what is wrong is a finding, like everything else.
package struct PackageError: Error, Equatable, Sendable {
  package let file: String
  package let finding: Finding

  package init(file: String, finding: Finding) {
    self.file = file
    self.finding = finding
  }
}
