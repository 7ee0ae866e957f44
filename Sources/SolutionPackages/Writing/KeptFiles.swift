internal import Archive
package import Hashing
package import Solutions

/// Takes files out of packages that are kept.
package struct KeptFiles {
  private var wanted: [String: Definition.Part]
  package private(set) var found: [String: [UInt8]] = [:]

  package init(_ parts: [Definition.Part]) {
    wanted = Dictionary(parts.map { ($0.path, $0) }) { first, _ in first }
  }

  /// Paths of those that are not found yet, sorted.
  package var missing: [String] { wanted.keys.sorted() }

  /// Asks for those that are not found yet, each by the digest of its content.
  ///
  /// - Throws: what `find` throws.
  package mutating func ask(_ find: (SHA256Digest) throws -> [UInt8]?) rethrows {
    for part in wanted.values {
      guard let bytes = try find(part.digest), bytes.count == part.bytes else { continue }
      found[part.path] = bytes
      wanted[part.path] = nil
    }
  }

  /// Looks into one; what has another content is another file.
  ///
  /// - Throws: `ArchiveError` where it cannot be read.
  package mutating func look(into bytes: [UInt8]) throws {
    guard !wanted.isEmpty else { return }
    try ArchiveReader(bytes).forEachFile { entry, content in
      guard let part = wanted[entry.path], part.bytes == entry.bytes else { return true }
      let bytes = try content.whole()
      if SHA256Digest(of: bytes) == part.digest {
        found[part.path] = bytes
        wanted[part.path] = nil
      }
      return !wanted.isEmpty
    }
  }
}
