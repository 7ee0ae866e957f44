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

  /// Sources that were written in place of a package.
  package struct Folder: Codable, Sendable {
    package let path: String
    package let packageType: Wire.PackageType
    package let files: UnpackShape.Files

    package init(path: String, packageType: Wire.PackageType, files: UnpackShape.Files) {
      (self.path, self.packageType, self.files) = (path, packageType, files)
    }
  }

  /// What was written; null where the export was refused, and where sources were written.
  @Nullable package var package: Package?
  /// Absent where a package was written.
  package let folder: Folder?
  package let solution: Solution
  package let components: InspectShape.Components
  package let missingDependencies: Int
  /// The operation that stored another version; null where it stayed.
  @Nullable package var operation: Int?
  /// The one that the platform would propose for the next export: the revision raised; absent where there is none.
  package let nextVersion: String?
  /// Whether nothing was written, and the version is not stored yet; absent otherwise.
  package let planned: Bool?
  package let findings: [FindingShape]
  package let exitStatus: Int32

  /// - Parameters:
  ///   - file: where it was written, or would be; nil where sources were.
  ///   - folder: those sources.
  ///   - isPlan: whether this is what it would do.
  ///   - spelled: how the face spells a way to go on.
  package init(
    _ exported: ExportedPackage,
    file: String?,
    folder: Folder? = nil,
    operation: Int?,
    isPlan: Bool = false,
    kinds: ComponentKinds,
    spelled: (Remedy) -> String
  ) {
    let export = exported.export
    self.folder = folder
    package = exported.archive.flatMap { archive in
      file.map {
        Package(file: $0, sha256: archive.digest.description, bytes: archive.bytes.count)
      }
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
    nextVersion = export.version.raised(.revision)?.text
    findings = export.findings.map { FindingShape($0, spelled: spelled) }
    planned = isPlan ? true : nil
    exitStatus = exported.archive == nil ? 4 : isPlan && export.storesVersion ? 2 : 0
  }
}
