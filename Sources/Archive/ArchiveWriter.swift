internal import Clibarchive

/// Writes a zip archive, some bytes at a time, whose entries have no times: the same content gives the same bytes.
package final class ArchiveWriter {
  private let archive: OpaquePointer
  private let sink: Sink
  private var entry: OpaquePointer?

  /// Where bytes go; libarchive asks for it by its address.
  private final class Sink {
    let write: ([UInt8]) throws -> Void
    var error: (any Error)?

    init(_ write: @escaping ([UInt8]) throws -> Void) { self.write = write }
  }

  /// - Parameter write: takes the archive in pieces.
  /// - Throws: `ArchiveError`.
  package init(_ write: @escaping ([UInt8]) throws -> Void) throws {
    guard let archive = archive_write_new() else {
      throw ArchiveError(.unreadable, "no memory to write the archive")
    }
    self.archive = archive
    sink = Sink(write)
    // Zip archives end where they end.
    archive_write_set_bytes_per_block(archive, 0)
    archive_write_set_format_zip(archive)
    let opened = archive_write_open(
      archive,
      Unmanaged.passUnretained(sink).toOpaque(),
      nil,
      { _, context, buffer, count in
        guard let context, let buffer else { return 0 }
        // SAFETY: the writer keeps its sink for as long as the archive is open.
        let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
        do {
          try sink.write([UInt8](UnsafeRawBufferPointer(start: buffer, count: count)))
          return la_ssize_t(count)
        } catch {
          sink.error = error
          return -1
        }
      },
      nil
    )
    guard opened == ARCHIVE_OK else { throw failure() }
  }

  deinit {
    if let entry { archive_entry_free(entry) }
    // Closes it, too; what is written then is of no use to anybody.
    archive_write_free(archive)
  }

  /// The next file; the one before ends.
  package func begin(_ path: String) throws {
    if let entry { archive_entry_free(entry) }
    entry = archive_entry_new()
    guard let entry else { throw failure() }
    archive_entry_set_pathname_utf8(entry, path)
    archive_entry_set_filetype(entry, 0o100000)
    archive_entry_set_perm(entry, 0o644)
    guard archive_write_header(archive, entry) == ARCHIVE_OK else { throw failure() }
  }

  package func write(_ bytes: [UInt8]) throws {
    guard !bytes.isEmpty else { return }
    let written = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
    guard written == bytes.count else { throw failure() }
  }

  package func close() throws {
    guard archive_write_close(archive) == ARCHIVE_OK else { throw failure() }
  }

  private func failure() -> any Error {
    if let error = sink.error { return error }
    let text = archive_error_string(archive).map { String(cString: $0) }
    return ArchiveError(
      .unreadable,
      "the archive cannot be written" + (text.map { " (\($0))" } ?? "")
    )
  }
}
