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

  private mutating func add(
    _ path: String,
    _ packed: [UInt8],
    _ isDeflated: Bool,
    of size: Int,
    _ checksum: Checksum
  ) throws(ArchiveError) {
    let entry = try entry(path, packed.count, isDeflated, of: size, checksum, at: place)
    body += entry.local
    body += packed
    directory += entry.listed
    count += 1
  }

  /// How long the archive is.
  private var place: Int { taken + body.count }

  private func entry(
    _ path: String,
    _ packed: Int,
    _ isDeflated: Bool,
    of size: Int,
    _ checksum: Checksum,
    at place: Int
  ) throws(ArchiveError) -> (local: [UInt8], listed: [UInt8]) {
    let name = Array(path.utf8)
    guard let size = UInt32(exactly: size), let offset = UInt32(exactly: place),
      let length = UInt16(exactly: name.count), count < Int(UInt16.max),
      place <= Int(UInt32.max) - packed - name.count - 64
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
    facts.append(UInt32(truncatingIfNeeded: packed))
    facts.append(size)
    facts.append(length)
    facts.append(0 as UInt16)

    var local: [UInt8] = []
    local.append(0x0403_4B50 as UInt32)
    local += facts
    local += name
    var listed: [UInt8] = []
    listed.append(0x0201_4B50 as UInt32)
    listed.append(20 as UInt16)
    listed += facts
    // No comment, the first disk, no attributes.
    listed += [UInt8](repeating: 0, count: 10)
    listed.append(offset)
    listed += name
    return (local, listed)
  }

  // MARK: Files that are not held

  /// Begins a file whose content comes in pieces, deflated; until it ends no other begins.
  ///
  /// - Throws: `ArchiveError.tooLarge` as above, and where there is no memory for it.
  package mutating func open(_ path: String) throws(ArchiveError) -> DeflatedFile {
    let file = try DeflatedFile(path, at: place)
    // How long it will be stands in its beginning, and is written there in the end.
    body += try entry(path, 0, true, of: 0, Checksum(), at: place).local
    return file
  }

  /// Adds what has come of it.
  package mutating func advance(_ file: DeflatedFile) { body += file.take() }

  /// - Returns: what has to stand in place of its beginning where that was taken already, and where that is; else nil.
  /// - Throws: `ArchiveError.tooLarge` as above.
  package mutating func end(
    _ file: DeflatedFile
  ) throws(ArchiveError) -> (place: Int, bytes: [UInt8])? {
    file.finish()
    advance(file)
    let entry = try entry(
      file.path,
      file.packedCount,
      true,
      of: file.count,
      file.checksum,
      at: file.place
    )
    directory += entry.listed
    count += 1
    guard file.place >= taken else { return (file.place, entry.local) }
    let start = file.place - taken
    body.replaceSubrange(start..<start + entry.local.count, with: entry.local)
    return nil
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
    ArchiveError(.tooLarge, entry: path, "an archive of this size cannot be written")
  }

  /// Long contents are deflated block by block, by all processors; each block knows what stands before it, so that together they
  /// are one stream, and the same one however many processors there are.
  private static func deflated(_ content: [UInt8], _ path: String) throws(ArchiveError) -> [UInt8] {
    guard !content.isEmpty else { return [] }
    guard UInt32(exactly: content.count) != nil else { throw tooLarge(path) }
    let starts = Array(stride(from: 0, to: content.count, by: block))
    let blocks = try sideBySide(starts.count) { number throws(ArchiveError) in
      let start = starts[number]
      return try deflated(content, start..<min(start + block, content.count), path)
    }
    return blocks.count == 1 ? blocks[0] : Array(blocks.joined())
  }

  /// Bytes of a block.
  private static let block = 1 << 18
  /// How far back deflate looks.
  private static let window = 1 << 15

  private static func deflated(
    _ content: [UInt8],
    _ range: Range<Int>,
    _ path: String
  ) throws(ArchiveError) -> [UInt8] {
    var stream = z_stream()
    try beginDeflating(&stream, path)
    defer { deflateEnd(&stream) }
    // Behind a block that is not the last stands an empty one, which ends with a whole byte.
    let bound = Int(deflateBound(&stream, UInt(range.count))) + 16
    guard let room = UInt32(exactly: bound) else { throw tooLarge(path) }
    return content.withUnsafeBufferPointer { input in
      let before = UnsafeBufferPointer(
        rebasing: input[max(0, range.lowerBound - window)..<range.lowerBound]
      )
      if let start = before.baseAddress, !before.isEmpty {
        deflateSetDictionary(&stream, start, UInt32(truncatingIfNeeded: before.count))
      }
      let block = UnsafeBufferPointer(rebasing: input[range])
      return [UInt8](unsafeUninitializedCapacity: bound) { output, length in
        // SAFETY: zlib only reads what it is given; its declaration does not say so. The bound holds whatever comes.
        stream.next_in = UnsafeMutablePointer(mutating: block.baseAddress)
        stream.avail_in = UInt32(truncatingIfNeeded: block.count)
        stream.next_out = output.baseAddress
        stream.avail_out = room
        deflate(&stream, range.upperBound == content.count ? Z_FINISH : Z_SYNC_FLUSH)
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
