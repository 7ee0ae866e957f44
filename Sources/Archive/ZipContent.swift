internal import Czlib

/// Content of a zip archive that is stored as it is.
final class StoredContent: ArchiveContent.Source {
  private let bytes: any ArchiveBytes
  private var rest: Range<Int>

  init(_ bytes: any ArchiveBytes, _ range: Range<Int>) {
    self.bytes = bytes
    rest = range
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    let length = min(memory.count, rest.count)
    let count = try bytes.read(
      at: rest.lowerBound,
      into: UnsafeMutableRawBufferPointer(rebasing: memory[..<length])
    )
    rest = rest.lowerBound + count..<rest.upperBound
    return count
  }
}

/// Content of a zip archive that is packed by deflate.
final class DeflatedContent: ArchiveContent.Source {
  private let path: String
  private let bytes: any ArchiveBytes
  /// What of it is still to be read, and where what was read stands.
  private var rest: Range<Int>
  private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var stream = z_stream()
  private var isAtEnd = false

  init(
    _ bytes: any ArchiveBytes,
    _ range: Range<Int>,
    _ path: String
  ) throws(ArchiveError) {
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

  deinit {
    inflateEnd(&stream)
    room.deallocate()
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    guard !isAtEnd else { return 0 }
    let length = min(memory.count, 1 << 30)
    while true {
      if stream.avail_in == 0 { try refill() }
      let hadInput = stream.avail_in > 0
      stream.next_out = memory.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(length)
      let status = inflate(&stream, Z_NO_FLUSH)
      let count = length - Int(stream.avail_out)
      switch status {
      case Z_STREAM_END where stream.avail_in == 0 && rest.isEmpty:
        isAtEnd = true
        return count
      case Z_STREAM_END: throw damaged("more stands behind its end")
      case Z_OK where count > 0: return count
      // All that was read so far makes no whole byte yet.
      case Z_OK where hadInput: continue
      // More is asked for than there is.
      default: throw damaged("it cannot be unpacked")
      }
    }
  }

  private func refill() throws(ArchiveError) {
    let length = min(room.count, rest.count)
    let count = try bytes.read(
      at: rest.lowerBound,
      into: UnsafeMutableRawBufferPointer(rebasing: room[..<length])
    )
    stream.next_in = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_in = UInt32(count)
    rest = rest.lowerBound + count..<rest.upperBound
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
