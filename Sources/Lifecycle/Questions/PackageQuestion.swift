package import Hashing
package import SolutionStore

/// An archive that was imported, by its digest; nil where it is not kept.
package struct PackageQuestion: Question {
  private let digest: SHA256Digest

  package init(_ digest: SHA256Digest) { self.digest = digest }

  /// - Throws: `StoreError.damaged` where it is not what was imported.
  package func answer(from store: StoreReader) throws -> (file: String, bytes: [UInt8])? {
    try store.package(digest)
  }
}
