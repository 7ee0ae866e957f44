internal import Clibarchive

/// Reads zip archives and cabinets from memory.
///
/// A cabinet that holds one zip, the form in which solutions come as `.cab` (PF-105), reads as that zip; bytes behind
/// the cabinet (a signature) are ignored. Names and sizes are judged before any content is given out.
package struct ArchiveReader: Sendable {
  package enum Container: String, Sendable {
    case zip
    case cab
  }

  package let container: Container
  /// Files in the order of the archive; folders are not listed.
  package let entries: [ArchiveEntry]

  /// The archive that is read: the file itself, or the zip in the cabinet.
  private let bytes: [UInt8]
  private let format: Container
  private let limits: ArchiveLimits

  package init(_ bytes: [UInt8], limits: ArchiveLimits = .standard) throws(ArchiveError) {
    guard let format = Container(signatureOf: bytes) else {
      throw ArchiveError(.unreadable, "this is neither a zip archive nor a cabinet")
    }
    self.limits = limits
    container = format
    let entries = try Self.list(bytes, format, limits)
    if format == .cab, let inner = try Self.onlyZip(in: bytes, entries, limits) {
      self.bytes = inner
      self.format = .zip
      self.entries = try Self.list(inner, .zip, limits)
    } else {
      self.bytes = bytes
      self.format = format
      self.entries = entries
    }
  }

  /// Gives each file's content in the order of the archive.
  ///
  /// - Parameter body: gets the entry and its content, which is its own to keep; returns false to end.
  /// - Throws: `ArchiveError`, and what the body throws.
  package func forEachFile(
    _ body: (ArchiveEntry, consuming [UInt8]) throws -> Bool
  ) throws {
    let handle = try ArchiveHandle(bytes, format)
    var remaining = limits.totalBytes
    while let header = try handle.next() {
      guard !header.isFolder else { continue }
      let content = try handle.content(of: header, limits: limits)
      remaining -= content.count
      guard remaining >= 0 else { throw ArchiveError.total(limits) }
      let entry = ArchiveEntry(path: header.path, bytes: content.count)
      guard try body(entry, consume content) else { return }
    }
  }

  // MARK: Listing

  private static func list(
    _ bytes: [UInt8],
    _ format: Container,
    _ limits: ArchiveLimits
  ) throws(ArchiveError) -> [ArchiveEntry] {
    let handle = try ArchiveHandle(bytes, format)
    var entries: [ArchiveEntry] = []
    var seen: [String: String] = [:]
    var total = 0
    var count = 0
    while let header = try handle.next() {
      count += 1
      guard count <= limits.entries else {
        throw ArchiveError(.tooManyEntries, "more than \(limits.entries) entries")
      }
      try ArchiveEntry.check(path: header.path, limits: limits)
      if let other = seen.updateValue(header.path, forKey: header.path.lowercased()) {
        throw ArchiveError(
          .duplicateName,
          entry: header.path,
          other == header.path
            ? "a name occurs twice" : "a name differs from “\(other)” only by case"
        )
      }
      try header.check(limits: limits)
      guard !header.isFolder else { continue }
      total += header.size ?? 0
      guard total <= limits.totalBytes else { throw ArchiveError.total(limits) }
      entries.append(ArchiveEntry(path: header.path, bytes: header.size ?? 0))
    }
    return entries
  }

  /// The zip that a cabinet holds as its only file.
  private static func onlyZip(
    in bytes: [UInt8],
    _ entries: [ArchiveEntry],
    _ limits: ArchiveLimits
  ) throws(ArchiveError) -> [UInt8]? {
    guard entries.count == 1 else { return nil }
    let handle = try ArchiveHandle(bytes, .cab)
    guard let header = try handle.next() else { return nil }
    let inner = try handle.content(of: header, limits: limits)
    return Container(signatureOf: inner) == .zip ? inner : nil
  }
}

extension ArchiveReader.Container {
  /// Told by the first bytes, never by the file's name.
  fileprivate init?(signatureOf bytes: [UInt8]) {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    {
      self = .zip
    } else if bytes.starts(with: Array("MSCF".utf8)) {
      self = .cab
    } else {
      return nil
    }
  }
}

extension ArchiveError {
  fileprivate static func total(_ limits: ArchiveLimits) -> ArchiveError {
    ArchiveError(.tooLarge, "the content has more than \(limits.totalBytes) bytes")
  }
}
