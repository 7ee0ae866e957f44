internal import Czlib

/// A file for an archive whose content comes in pieces; only what deflate makes of them is kept, until it is taken.
package final class DeflatedFile {
  let path: String
  /// Where it begins in its archive.
  let place: Int
  private(set) var checksum = Checksum()
  /// How long the content is.
  private(set) var count = 0
  private var packed: [UInt8] = []
  private(set) var packedCount = 0
  /// zlib knows a stream by its address.
  private let stream: UnsafeMutablePointer<z_stream>
  private var room = [UInt8](repeating: 0, count: 1 << 16)

  /// - Throws: `ArchiveError` where there is no memory for it.
  init(_ path: String, at place: Int) throws(ArchiveError) {
    self.path = path
    self.place = place
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    try beginDeflating(stream, path)
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// The next piece.
  package func write(_ piece: [UInt8]) {
    // Shorter pieces than zlib can count.
    for start in stride(from: 0, to: piece.count, by: 1 << 30) {
      let part = piece[start..<min(start + 1 << 30, piece.count)]
      part.withUnsafeBytes { bytes in
        checksum.update(bytes)
        count += bytes.count
        deflate(bytes, Z_NO_FLUSH)
      }
    }
  }

  /// What has become of the pieces since the last time.
  func take() -> [UInt8] {
    defer { packed = [] }
    return packed
  }

  func finish() { deflate(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH) }

  private func deflate(_ bytes: UnsafeRawBufferPointer, _ flush: Int32) {
    // SAFETY: zlib only reads what it is given; its declaration does not say so.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    )
    stream.pointee.avail_in = UInt32(truncatingIfNeeded: bytes.count)
    repeat {
      let length = room.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(truncatingIfNeeded: output.count)
        Czlib.deflate(stream, flush)
        return output.count - Int(stream.pointee.avail_out)
      }
      packed += room[..<length]
      packedCount += length
    } while stream.pointee.avail_out == 0
    stream.pointee.next_out = nil
  }
}

/// How hard deflate tries: customizations become a tenth larger than at its usual 6, in 60 % of the time.
private let level: Int32 = 4

/// Makes a stream ready for the deflated bytes of one entry, without a header of zlib's.
func beginDeflating(_ stream: UnsafeMutablePointer<z_stream>, _ path: String) throws(ArchiveError) {
  let status = deflateInit2_(
    stream,
    level,
    Z_DEFLATED,
    -MAX_WBITS,
    8,
    Z_DEFAULT_STRATEGY,
    ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size)
  )
  guard status == Z_OK else {
    throw ArchiveError(.unreadable, entry: path, "no memory to write the archive")
  }
}
