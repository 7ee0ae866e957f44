internal import Hashing
package import Solutions

/// `inspect --json` (contract).
package struct InspectShape: Shape {
  package static let format = "strata.inspect"

  package struct Package: Codable, Sendable {
    package let file: String
    package let sha256: String
    package let container: String
    package let bytes: Int
    package let entries: Int
  }

  package struct Publisher: Codable, Sendable {
    package let uniqueName: String
    package let displayName: String
    package let prefix: String
    @Nullable package var optionValuePrefix: Int?
  }

  package struct Solution: Codable, Sendable {
    package let uniqueName: String
    package let displayName: String
    package let version: String
    package let managed: Bool
    @Nullable package var patchOf: String?
    package let publisher: Publisher
    @Nullable package var packageVersion: String?
    @Nullable package var platformVersion: String?
  }

  package struct Components: Codable, Sendable {
    package let total: Int
    package let byKind: [String: Int]
  }

  package struct Item: Codable, Sendable {
    @Nullable package var type: Int?
    package let kind: String
    package let name: String
    @Nullable package var id: String?
    @Nullable package var parent: String?
    @Nullable package var displayName: String?
    package let hash: String
    package var unmodified: Bool?
    package var reference: Bool?
  }

  package struct Carried: Codable, Sendable {
    package let location: String
    package let count: Int
  }

  package let package: Package
  package let solution: Solution
  package let components: Components
  package let missingDependencies: Int
  package let carried: [Carried]
  package let findings: [FindingShape]
  package var list: [Item]?

  /// - Parameter spelled: how the face spells a way to go on.
  package init(
    _ package: SolutionPackage,
    kinds: ComponentKinds,
    listsComponents: Bool,
    spelled: (Remedy) -> String
  ) {
    self.package = Package(
      file: package.file,
      sha256: package.digest.description,
      container: package.container,
      bytes: package.bytes,
      entries: package.entries
    )
    let manifest = package.manifest
    solution = Solution(
      uniqueName: manifest.name.text,
      displayName: manifest.displayName,
      version: manifest.version.text,
      managed: manifest.isManaged,
      patchOf: manifest.patchOf?.text,
      publisher: Publisher(
        uniqueName: manifest.publisher.name.text,
        displayName: manifest.publisher.displayName,
        prefix: manifest.publisher.prefix,
        optionValuePrefix: manifest.publisher.optionValuePrefix
      ),
      packageVersion: manifest.packageVersion,
      platformVersion: manifest.platformVersion
    )
    var byKind: [String: Int] = [:]
    for component in package.components { byKind[kinds[component.id.type].name, default: 0] += 1 }
    components = Components(total: package.components.count, byKind: byKind)
    missingDependencies = manifest.missingDependencies.count
    carried = package.carried.map { Carried(location: $0.location, count: $0.count) }
    findings = package.findings.map { FindingShape($0, spelled: spelled) }
    guard listsComponents else { return }
    list = package.components.sorted {
      $0.id.type == $1.id.type ? $0.name < $1.name : $0.id.type < $1.id.type
    }.map { component in
      let named = ComponentShape(
        component.id,
        name: component.name,
        displayName: component.displayName,
        parent: component.parent,
        kinds: kinds
      )
      return Item(
        type: named.type,
        kind: named.kind,
        name: named.name,
        id: named.id,
        parent: named.parent,
        displayName: named.displayName,
        hash: component.definition.hash.description,
        unmodified: component.isUnmodified ? true : nil,
        reference: component.isReference ? true : nil
      )
    }
  }
}
