package import Hashing

/// A solution as an archive carries it: values only, read once.
package struct SolutionPackage: Sendable {
  package let file: String
  package let digest: SHA256Digest
  package let container: String
  package let bytes: Int
  package let entries: Int
  package let manifest: SolutionManifest
  /// In order of identity.
  package let components: [Component]
  /// What no kind claims, verbatim in the archive (PF-1101).
  package let carried: [Carried]
  /// Everything to be said about the package alone.
  package let findings: [Finding]
  /// What stands around the components; nil for a package that was not read from an archive.
  package let frame: PackageFrame?

  /// Cheap on components that are sorted already.
  package init(
    file: String,
    digest: SHA256Digest,
    container: String,
    bytes: Int,
    entries: Int,
    manifest: SolutionManifest,
    components: [Component],
    carried: [Carried],
    findings: [Finding],
    frame: PackageFrame? = nil
  ) {
    self.file = file
    self.digest = digest
    self.container = container
    self.bytes = bytes
    self.entries = entries
    self.manifest = manifest
    self.components = components.sorted { $0.id < $1.id }
    self.carried = carried
    self.findings = findings
    self.frame = frame
  }

  package var name: SolutionName { manifest.name }

  /// What the package states of a component; O(log n).
  package func component(_ id: ComponentID) -> Component? {
    var (low, high) = (0, components.count)
    while low < high {
      let middle = low + (high - low) / 2
      if components[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < components.count && components[low].id == id ? components[low] : nil
  }

  /// Everything the package makes a member of the solution: what it holds, and roots without content (PF-215).
  package var members: Set<ComponentID> {
    Set(components.map(\.id)).union(manifest.roots.map(\.id))
  }
}

/// A place of the package whose content is kept and not understood.
package struct Carried: Equatable, Sendable {
  package let location: String
  package let count: Int
  /// Over the content of all of them.
  package let digest: SHA256Digest

  package init(location: String, count: Int, digest: SHA256Digest) {
    self.location = location
    self.count = count
    self.digest = digest
  }
}
