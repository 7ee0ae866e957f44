package import Hashing
package import XML

/// What one layer says of one component; equal hash = the same definition (docs/canonical-form.md).
package struct Definition: Sendable {
  package let hash: SHA256Digest
  package let fragment: XMLFragment
  /// Files that belong to the component, by path.
  package let parts: [Part]

  package init(hash: SHA256Digest, fragment: XMLFragment, parts: [Part] = []) {
    self.hash = hash
    self.fragment = fragment
    self.parts = parts
  }

  package var element: XMLElement { fragment.element }
}

extension Definition: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.hash == right.hash }
  package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

extension Definition {
  /// A file of the package that belongs to a component's definition.
  package struct Part: Equatable, Sendable {
    package let path: String
    package let bytes: Int
    package let digest: SHA256Digest
    /// The content, for parts that name other components (processes, flows, formulas); nil for the rest.
    package let content: [UInt8]?
    /// What the content names; nil where there is none.
    let names: PartNames?

    package init(path: String, bytes: Int, digest: SHA256Digest, content: [UInt8]?) {
      self.path = path
      self.bytes = bytes
      self.digest = digest
      self.content = content
      names = content.flatMap { PartNames(path: path, content: $0) }
    }

    /// Whether a file of that path names components, so that its content is kept.
    package static func namesComponents(_ path: String) -> Bool {
      (path.hasPrefix("Workflows/") || path.hasPrefix("Formulas/"))
        && [".xaml", ".json", ".yaml"].contains { path.hasSuffix($0) }
    }
  }

  /// Computes the hash from the canonical bytes and the parts.
  package init(
    _ fragment: XMLFragment,
    parts: [Part] = [],
    writer: inout CanonicalWriter,
    hasher: inout SHA256Hasher
  ) {
    let parts = parts.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    writer.withBytes(of: fragment) { hasher.update($0) }
    for part in parts {
      hasher.update([0] + Array(part.path.utf8) + [0])
      hasher.update(part.digest.bytes)
    }
    self.init(hash: hasher.finish(), fragment: fragment, parts: parts)
  }

  package init(_ fragment: XMLFragment, parts: [Part] = []) {
    var writer = CanonicalWriter()
    var hasher = SHA256Hasher()
    self.init(fragment, parts: parts, writer: &writer, hasher: &hasher)
  }
}
