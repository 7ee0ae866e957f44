/// Reads zip archives, from memory or from a file, and cabinets from memory.
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
  private let bytes: any ArchiveBytes
  private let directory: ZipDirectory?

  package init(_ bytes: [UInt8], limits: ArchiveLimits = .standard) throws(ArchiveError) {
    guard let format = Container(signatureOf: bytes) else {
      throw ArchiveError(.unreadable, "this is neither a zip archive nor a cabinet")
    }
    container = format
    if format == .zip {
      let directory = try ZipDirectory(bytes, limits)
      self.bytes = bytes
      self.directory = directory
      entries = try Self.list(directory, limits)
      return
    }
    let entries = try Self.list(cabinet: bytes, limits)
    if let inner = try Self.onlyZip(in: bytes, entries) {
      let directory = try ZipDirectory(inner, limits)
      self.bytes = inner
      self.directory = directory
      self.entries = try Self.list(directory, limits)
    } else {
      self.bytes = bytes
      directory = nil
      self.entries = entries
    }
  }

  /// A zip archive of any size, of which only the directory is held.
  package init(zip bytes: any ArchiveBytes, limits: ArchiveLimits) throws(ArchiveError) {
    guard Container(signatureOf: try bytes.bytes(at: 0, 4)) == .zip else {
      throw ArchiveError(.unreadable, "this is no zip archive")
    }
    let directory = try ZipDirectory(bytes, limits)
    container = .zip
    self.bytes = bytes
    self.directory = directory
    entries = try Self.list(directory, limits)
  }

  /// Gives each file with its content in the order of the archive.
  ///
  /// - Parameter body: may take the content, while it runs; returns false to end.
  /// - Throws: `ArchiveError`, and what the body throws.
  package func forEachFile(_ body: (ArchiveEntry, ArchiveContent) throws -> Bool) throws {
    guard let directory else { return try forEachFileOfCabinet(body) }
    for file in directory.entries where !file.isFolder {
      let content = try content(of: file)
      guard try body(content.entry, content) else { return }
    }
  }

  /// Where each file of a zip archive lies, by its path in lower case; nothing of a cabinet.
  package func places() -> [String: Place] {
    var places: [String: Place] = [:]
    for file in directory?.entries ?? [] where !file.isFolder {
      places[file.path.lowercased()] = Place(file: file)
    }
    return places
  }

  /// A file of a zip archive.
  package struct Place: Sendable {
    fileprivate let file: ZipDirectory.Entry

    /// How long it is.
    package var bytes: Int { file.size }
  }

  /// The content of a file, to be taken as often as wanted.
  package func content(at place: Place) throws(ArchiveError) -> ArchiveContent {
    try content(of: place.file)
  }

  private func content(of file: ZipDirectory.Entry) throws(ArchiveError) -> ArchiveContent {
    let source: any ArchiveContent.Source =
      file.isDeflated
      ? try DeflatedContent(bytes, file.packed, file.path) : StoredContent(bytes, file.packed)
    return ArchiveContent(
      entry: ArchiveEntry(path: file.path, bytes: file.size),
      checksum: file.checksum,
      source: source
    )
  }

  private func forEachFileOfCabinet(_ body: (ArchiveEntry, ArchiveContent) throws -> Bool) throws {
    guard let cabinet = bytes as? [UInt8] else { return }
    let handle = try CabinetHandle(cabinet)
    while let header = try handle.next() {
      guard !header.isFolder else { continue }
      let entry = ArchiveEntry(path: header.path, bytes: header.size)
      let content = ArchiveContent(entry: entry, checksum: nil, source: handle)
      guard try body(entry, content) else { return }
    }
  }

  // MARK: Listing

  private static func list(
    _ directory: ZipDirectory,
    _ limits: ArchiveLimits
  ) throws(ArchiveError) -> [ArchiveEntry] {
    var list = ArchiveList(limits)
    for file in directory.entries {
      try list.add(file.path, size: file.size, isFolder: file.isFolder)
      // Deflate packs 1,032 bytes into one at best: what says more lies, and nobody need ask for the memory.
      guard file.size / 1_032 <= file.packed.count else {
        throw ArchiveError(
          .lyingSize,
          entry: file.path,
          "an entry is not as long as the archive says (\(file.size) bytes)"
        )
      }
    }
    return list.entries
  }

  private static func list(
    cabinet bytes: [UInt8],
    _ limits: ArchiveLimits
  ) throws(ArchiveError) -> [ArchiveEntry] {
    let handle = try CabinetHandle(bytes)
    var list = ArchiveList(limits)
    while let header = try handle.next() {
      try header.check()
      try list.add(header.path, size: header.size, isFolder: header.isFolder)
    }
    return list.entries
  }

  /// The zip that a cabinet holds as its only file.
  private static func onlyZip(
    in bytes: [UInt8],
    _ entries: [ArchiveEntry]
  ) throws(ArchiveError) -> [UInt8]? {
    guard entries.count == 1, let entry = entries.first else { return nil }
    let handle = try CabinetHandle(bytes)
    while let header = try handle.next() {
      guard !header.isFolder else { continue }
      let content = ArchiveContent(entry: entry, checksum: nil, source: handle)
      let inner = try content.whole()
      return Container(signatureOf: inner) == .zip ? inner : nil
    }
    return nil
  }
}

/// Judges names and sizes, one entry after the other.
private struct ArchiveList {
  private(set) var entries: [ArchiveEntry] = []
  private let limits: ArchiveLimits
  private var seen: [String: String] = [:]
  private var total = 0

  init(_ limits: ArchiveLimits) { self.limits = limits }

  mutating func add(_ path: String, size: Int, isFolder: Bool) throws(ArchiveError) {
    guard seen.count < limits.entries else {
      throw ArchiveError(.tooManyEntries, "more than \(limits.entries) entries")
    }
    try ArchiveEntry.check(path: path, limits: limits)
    if let other = seen.updateValue(path, forKey: path.lowercased()) {
      throw ArchiveError(
        .duplicateName,
        entry: path,
        other == path ? "a name occurs twice" : "a name differs from “\(other)” only by case"
      )
    }
    guard !isFolder else { return }
    guard size <= limits.bytesPerEntry else {
      throw ArchiveError(
        .tooLarge,
        entry: path,
        "an entry has more than \(limits.bytesPerEntry) bytes"
      )
    }
    total += size
    guard total <= limits.totalBytes else {
      throw ArchiveError(.tooLarge, "the content has more than \(limits.totalBytes) bytes")
    }
    entries.append(ArchiveEntry(path: path, bytes: size))
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
