internal import Clibarchive

/// One pass of libarchive over a cabinet in memory.
final class CabinetHandle: ArchiveContent.Source {
  struct Header {
    let path: String
    /// As the archive states it; -1 where it does not.
    let size: Int
    let isFolder: Bool
    let isRegular: Bool
    let isEncrypted: Bool
  }

  private let archive: OpaquePointer
  /// libarchive reads from this memory until it is freed.
  private let memory: UnsafeMutableRawBufferPointer

  init(_ bytes: [UInt8]) throws(ArchiveError) {
    guard let archive = archive_read_new() else {
      throw ArchiveError(.unreadable, "no memory to read the archive")
    }
    self.archive = archive
    memory = .allocate(byteCount: max(1, bytes.count), alignment: 16)
    memory.copyBytes(from: bytes)
    guard archive_read_support_format_cab(archive) >= ARCHIVE_WARN,
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
      size: archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : -1,
      isFolder: isFolder,
      isRegular: (type == 0o100000 || type == 0 || isFolder) && !isLink,
      isEncrypted: archive_entry_is_encrypted(entry) != 0
    )
  }

  /// The content of the entry that `next` gave last.
  func read(into memory: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    let read = archive_read_data(archive, memory.baseAddress, memory.count)
    guard read >= 0 else { throw failure(entry: nil) }
    return read
  }
}

extension CabinetHandle.Header {
  func check() throws(ArchiveError) {
    guard !isEncrypted else { throw ArchiveError(.encrypted, entry: path, "an entry is encrypted") }
    guard isRegular else {
      throw ArchiveError(.link, entry: path, "an entry is a link or a device")
    }
    guard size >= 0 else {
      throw ArchiveError(.lyingSize, entry: path, "an entry has no length")
    }
  }
}
