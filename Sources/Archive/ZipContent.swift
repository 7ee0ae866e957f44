internal import Czlib

/// Content of a zip archive that is stored as it is.
final class StoredContent: ArchiveContent.Source {
  private let bytes: [UInt8]
  private var rest: Range<Int>

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    rest = range
  }

  func read(into memory: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(memory.count, rest.count)
    memory.copyBytes(from: bytes[rest.prefix(count)])
    rest = rest.lowerBound + count..<rest.upperBound
    return count
  }
}

/// Content of a zip archive that is packed by deflate.
final class DeflatedContent: ArchiveContent.Source {
  private let path: String
  private let bytes: [UInt8]
  private var rest: Range<Int>
  private var stream = z_stream()
  private var isAtEnd = false

  init(_ bytes: [UInt8], _ range: Range<Int>, _ path: String) throws(ArchiveError) {
    self.path = path
    self.bytes = bytes
    rest = range
    // Without a header of zlib's own.
    let status = inflateInit2_(
      &stream,
      -MAX_WBITS,
      ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)
    )
    guard status == Z_OK else {
      throw ArchiveError(.unreadable, entry: path, "no memory to read the archive")
    }
  }

  deinit { inflateEnd(&stream) }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    guard !isAtEnd else { return 0 }
    let length = min(memory.count, 1 << 30)
    let given = min(rest.count, 1 << 30)
    let status = bytes.withUnsafeBytes { input in
      // SAFETY: zlib only reads what it is given; its declaration does not say so.
      stream.next_in = UnsafeMutablePointer(
        mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self)
      )?.advanced(by: rest.lowerBound)
      stream.avail_in = UInt32(given)
      stream.next_out = memory.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(length)
      return inflate(&stream, Z_NO_FLUSH)
    }
    rest = rest.lowerBound + given - Int(stream.avail_in)..<rest.upperBound
    let count = length - Int(stream.avail_out)
    switch status {
    case Z_STREAM_END where rest.isEmpty: isAtEnd = true
    case Z_STREAM_END: throw damaged("more stands behind its end")
    case Z_OK where count > 0: break
    // More is asked for than there is.
    default: throw damaged("it cannot be unpacked")
    }
    return count
  }

  private func damaged(_ how: String) -> ArchiveError {
    ArchiveError(.unreadable, entry: path, "the content of an entry is damaged: \(how)")
  }
}

/// The checksum that zip archives keep of each content.
struct Checksum {
  private(set) var value: UInt32 = 0

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    value = UInt32(truncatingIfNeeded: crc32_z(UInt(value), start, bytes.count))
  }
}
