internal import Clibarchive

/// One pass of libarchive over an archive in memory.
final class ArchiveHandle {
  struct Header {
    let path: String
    /// As the archive states it; nil where it does not.
    let size: Int?
    let isFolder: Bool
    let isRegular: Bool
    let isEncrypted: Bool
  }

  private let archive: OpaquePointer
  /// libarchive reads from this memory until it is freed.
  private let memory: UnsafeMutableRawBufferPointer

  init(_ bytes: [UInt8], _ format: ArchiveReader.Container) throws(ArchiveError) {
    guard let archive = archive_read_new() else {
      throw ArchiveError(.unreadable, "no memory to read the archive")
    }
    self.archive = archive
    memory = .allocate(byteCount: max(1, bytes.count), alignment: 16)
    memory.copyBytes(from: bytes)
    let isSupported =
      switch format {
      // The central directory is read, never guessed from local headers: half an archive is no archive.
      case .zip: archive_read_support_format_zip_seekable(archive)
      case .cab: archive_read_support_format_cab(archive)
      }
    guard isSupported >= ARCHIVE_WARN,
      archive_read_open_memory(archive, memory.baseAddress, bytes.count) == ARCHIVE_OK
    else { throw failure(entry: nil) }
  }

  deinit {
    archive_read_free(archive)
    memory.deallocate()
  }

  private func failure(entry: String?) -> ArchiveError {
    let text = archive_error_string(archive).map { String(cString: $0) }
    return ArchiveError(
      .unreadable,
      entry: entry,
      "the archive is damaged" + (text.map { " (\($0))" } ?? "")
    )
  }

  /// The next entry; nil at the end.
  func next() throws(ArchiveError) -> Header? {
    var entry: OpaquePointer?
    let status = archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return nil }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
      throw failure(entry: nil)
    }
    // In a locale without UTF-8 libarchive may know a name only as raw bytes.
    guard let name = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry),
      let path = String(validatingCString: name)
    else { throw ArchiveError(.invalidName, "an entry's name is not UTF-8") }
    // Attributes of other systems are judged only where they say "link" or "device".
    let type = UInt32(archive_entry_filetype(entry))
    let isFolder = type == 0o040000 || path.hasSuffix("/")
    let isLink =
      archive_entry_symlink(entry) != nil || archive_entry_hardlink(entry) != nil
    return Header(
      path: path,
      size: archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil,
      isFolder: isFolder,
      isRegular: (type == 0o100000 || type == 0 || isFolder) && !isLink,
      isEncrypted: archive_entry_is_encrypted(entry) != 0
    )
  }

  /// The content of the entry that `next` gave last.
  func content(of header: Header, limits: ArchiveLimits) throws(ArchiveError) -> [UInt8] {
    try header.check(limits: limits)
    let limit = min(header.size ?? limits.bytesPerEntry, limits.bytesPerEntry)
    // One byte more than stated shows an entry that is longer.
    var status = 0
    let content = [UInt8](unsafeUninitializedCapacity: limit + 1) { buffer, count in
      count = 0
      while count < buffer.count {
        guard let base = buffer.baseAddress else { break }
        let read = archive_read_data(archive, base + count, buffer.count - count)
        guard read > 0 else {
          status = read
          break
        }
        count += read
      }
    }
    guard status >= 0 else { throw failure(entry: header.path) }
    if let size = header.size, content.count != size {
      throw ArchiveError(
        .lyingSize,
        entry: header.path,
        "an entry is not as long as the archive says (\(size) bytes)"
      )
    }
    guard content.count <= limits.bytesPerEntry else {
      throw ArchiveError(
        .tooLarge,
        entry: header.path,
        "an entry has more than \(limits.bytesPerEntry) bytes"
      )
    }
    return content
  }
}

extension ArchiveHandle.Header {
  func check(limits: ArchiveLimits) throws(ArchiveError) {
    guard !isEncrypted else { throw ArchiveError(.encrypted, entry: path, "an entry is encrypted") }
    guard isRegular else {
      throw ArchiveError(.link, entry: path, "an entry is a link or a device")
    }
    guard let size else { return }
    guard size >= 0, size <= limits.bytesPerEntry else {
      throw ArchiveError(
        .tooLarge,
        entry: path,
        "an entry has more than \(limits.bytesPerEntry) bytes"
      )
    }
  }
}
