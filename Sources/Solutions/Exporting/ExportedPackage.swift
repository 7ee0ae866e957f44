package import Hashing

/// An export with its bytes.
package struct ExportedPackage: Sendable {
  package let export: Export
  /// nil where a finding refuses it.
  package let archive: Archive?

  package struct Archive: Sendable {
    package let bytes: [UInt8]
    package let digest: SHA256Digest

    package init(bytes: [UInt8], digest: SHA256Digest) {
      self.bytes = bytes
      self.digest = digest
    }
  }

  package init(export: Export, archive: Archive?) {
    self.export = export
    self.archive = archive
  }
}
