internal import Hashing
package import Solutions

/// `export --json`.
package struct ExportShape: Shape {
  package static let format = "strata.export"

  package struct Package: Codable, Sendable {
    package let file: String
    package let sha256: String
    package let bytes: Int
  }

  package struct Solution: Codable, Sendable {
    package let uniqueName: String
    package let version: String
    package let managed: Bool

    package init(uniqueName: String, version: String, managed: Bool) {
      (self.uniqueName, self.version, self.managed) = (uniqueName, version, managed)
    }

    package init(_ manifest: SolutionManifest) {
      self.init(
        uniqueName: manifest.name.text,
        version: manifest.version.text,
        managed: manifest.isManaged
      )
    }
  }

  /// What was written; null where the export was refused.
  @Nullable package var package: Package?
  package let solution: Solution
  package let components: InspectShape.Components
  package let missingDependencies: Int
  /// The operation that stored another version; null where it stayed.
  @Nullable package var operation: Int?
  /// Whether nothing was written, and the version is not stored yet; absent otherwise.
  package let planned: Bool?
  package let findings: [FindingShape]
  package let exitStatus: Int32

  /// - Parameters:
  ///   - file: where it was written, or would be.
  ///   - isPlan: whether this is what it would do.
  ///   - spelled: how the face spells a way to go on.
  package init(
    _ exported: ExportedPackage,
    file: String,
    operation: Int?,
    isPlan: Bool = false,
    kinds: ComponentKinds,
    spelled: (Remedy) -> String
  ) {
    let export = exported.export
    package = exported.archive.map {
      Package(file: file, sha256: $0.digest.description, bytes: $0.bytes.count)
    }
    solution = Solution(
      uniqueName: export.solution.name.text,
      version: export.version.text,
      managed: export.isManaged
    )
    var byKind: [String: Int] = [:]
    for entry in export.entries {
      byKind[kinds[entry.component.id.type].name, default: 0] += 1
    }
    components = InspectShape.Components(total: export.entries.count, byKind: byKind)
    missingDependencies = export.needs.count
    self.operation = operation
    findings = export.findings.map { FindingShape($0, spelled: spelled) }
    planned = isPlan ? true : nil
    exitStatus = exported.archive == nil ? 4 : isPlan && export.storesVersion ? 2 : 0
  }
}
