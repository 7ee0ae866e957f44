/// What an archive may hold at most; every number is inclusive.
///
/// Bytes are bounded, not ratios: legitimate entries compress better than 500 : 1.
package struct ArchiveLimits: Equatable, Sendable {
  package var entries: Int
  package var totalBytes: Int
  package var bytesPerEntry: Int
  package var nameBytes: Int
  /// Folders above an entry, itself included.
  package var depth: Int

  /// Ten times the largest real package and more.
  package static let standard = ArchiveLimits(
    entries: 50_000,
    totalBytes: 2 << 30,
    bytesPerEntry: 512 << 20,
    nameBytes: 1_024,
    depth: 32
  )

  /// Of rows, which are never held: bounded by how long a run may take.
  package static let rows = ArchiveLimits(
    entries: 50_000,
    totalBytes: 32 << 30,
    bytesPerEntry: 16 << 30,
    nameBytes: 1_024,
    depth: 32
  )
}
