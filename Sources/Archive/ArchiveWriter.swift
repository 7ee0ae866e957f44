internal import Czlib

/// Makes a zip archive in memory, in the form that genuine solution packages have: sizes and checksum before each
/// content, no extra fields, no times (PF-103; docs/decisions/100).
///
/// The same entries in the same order give the same bytes.
package struct ArchiveWriter {
  private var body: [UInt8] = []
  /// How long what was taken is.
  private var taken = 0
  private var directory: [UInt8] = []
  private var count = 0

  package init() {}

  /// Adds a file; what deflate does not make smaller is stored.
  ///
  /// - Parameter path: with forward slashes; the caller makes sure that none comes twice.
  /// - Throws: `ArchiveError.tooLarge` where 32 bits cannot say how long something is.
  package mutating func add(_ path: String, _ content: [UInt8]) throws(ArchiveError) {
    var checksum = Checksum()
    content.withUnsafeBytes { checksum.update($0) }
    let deflated = try Self.deflated(content, path)
    let isDeflated = deflated.count < content.count
    try add(path, isDeflated ? deflated : content, isDeflated, of: content.count, checksum)
  }

  /// Adds a file whose content came in pieces, deflated.
  ///
  /// - Throws: `ArchiveError.tooLarge` as above.
  package mutating func add(_ file: DeflatedFile) throws(ArchiveError) {
    file.finish()
    try add(file.path, file.packed, true, of: file.count, file.checksum)
  }

  private mutating func add(
    _ path: String,
    _ packed: [UInt8],
    _ isDeflated: Bool,
    of size: Int,
    _ checksum: Checksum
  ) throws(ArchiveError) {
    let name = Array(path.utf8)
    let place = taken + body.count
    guard let size = UInt32(exactly: size), let offset = UInt32(exactly: place),
      let length = UInt16(exactly: name.count), count < Int(UInt16.max),
      place <= Int(UInt32.max) - packed.count - name.count - 64
    else { throw Self.tooLarge(path) }
    var facts: [UInt8] = []
    // What is needed to unpack it: 2.0.
    facts.append(20 as UInt16)
    // Names are UTF-8, which only names beyond ASCII need to say.
    facts.append(name.allSatisfy { $0 < 0x80 } ? 0 : 0x0800 as UInt16)
    facts.append(isDeflated ? 8 : 0 as UInt16)
    // Midnight of the first day that the format knows.
    facts.append(0 as UInt16)
    facts.append(0x0021 as UInt16)
    facts.append(checksum.value)
    facts.append(UInt32(truncatingIfNeeded: packed.count))
    facts.append(size)
    facts.append(length)
    facts.append(0 as UInt16)

    body.append(0x0403_4B50 as UInt32)
    body += facts
    body += name
    body += packed
    directory.append(0x0201_4B50 as UInt32)
    directory.append(20 as UInt16)
    directory += facts
    // No comment, the first disk, no attributes.
    directory += [UInt8](repeating: 0, count: 10)
    directory.append(offset)
    directory += name
    count += 1
  }

  /// What the archive begins with, or goes on with after what was taken; it is not kept any longer.
  package mutating func take() -> [UInt8] {
    defer {
      taken += body.count
      body = []
    }
    return body
  }

  /// The archive, or the rest of it.
  ///
  /// - Throws: `ArchiveError.tooLarge` as above.
  package func bytes() throws(ArchiveError) -> [UInt8] {
    guard let size = UInt32(exactly: directory.count),
      let offset = UInt32(exactly: taken + body.count)
    else { throw Self.tooLarge(nil) }
    var bytes = body + directory
    bytes.append(0x0605_4B50 as UInt32)
    bytes.append(0 as UInt32)
    bytes.append(UInt16(truncatingIfNeeded: count))
    bytes.append(UInt16(truncatingIfNeeded: count))
    bytes.append(size)
    bytes.append(offset)
    bytes.append(0 as UInt16)
    return bytes
  }

  private static func tooLarge(_ path: String?) -> ArchiveError {
    ArchiveError(.tooLarge, entry: path, "a package of this size cannot be written")
  }

  private static func deflated(_ content: [UInt8], _ path: String) throws(ArchiveError) -> [UInt8] {
    guard !content.isEmpty else { return [] }
    guard UInt32(exactly: content.count) != nil else { throw tooLarge(path) }
    var stream = z_stream()
    try beginDeflating(&stream, path)
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(content.count)))
    guard let room = UInt32(exactly: bound) else { throw tooLarge(path) }
    return content.withUnsafeBytes { input in
      [UInt8](unsafeUninitializedCapacity: bound) { output, length in
        // SAFETY: zlib only reads what it is given; its declaration does not say so. The bound holds whatever comes.
        stream.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        )
        stream.avail_in = UInt32(truncatingIfNeeded: input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = room
        deflate(&stream, Z_FINISH)
        length = bound - Int(stream.avail_out)
      }
    }
  }
}

extension [UInt8] {
  /// Little-endian.
  fileprivate mutating func append(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
