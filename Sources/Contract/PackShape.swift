internal import Hashing
package import Solutions

/// `pack --json`.
package struct PackShape: Shape {
  package static let format = "strata.pack"

  package let solution: ExportShape.Solution
  package let folder: String
  /// One, or the two forms.
  package let packages: [Package]
  /// Files of the folder that are no part of a package, by path.
  package let leftOut: [LeftOut]
  package let findings: [FindingShape]

  package struct Package: Codable, Sendable {
    package let file: String
    package let sha256: String
    package let bytes: Int
    package let managed: Bool
    package let components: Int
  }

  package struct LeftOut: Codable, Sendable {
    package let path: String
    package let reason: String
  }

  /// A package, and where it was written.
  package typealias Written = (file: String, package: SolutionPackage)

  /// - Parameters:
  ///   - twin: the managed one, where both forms were written.
  ///   - spelled: how the face spells a way to go on.
  package init(
    _ written: Written,
    twin: Written?,
    folder: String,
    leftOut: [(path: String, reason: String)],
    spelled: (Remedy) -> String
  ) {
    solution = ExportShape.Solution(written.package.manifest)
    self.folder = folder
    packages = ([written] + (twin.map { [$0] } ?? [])).map { file, package in
      Package(
        file: file,
        sha256: package.digest.description,
        bytes: package.bytes,
        managed: package.manifest.isManaged,
        components: package.components.count
      )
    }
    self.leftOut = leftOut.map { LeftOut(path: $0.path, reason: $0.reason) }
    let found = (twin?.package.findings ?? []).filter { !written.package.findings.contains($0) }
    findings = (written.package.findings + found).map { FindingShape($0, spelled: spelled) }
  }
}
