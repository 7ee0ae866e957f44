/// What a zip archive holds, by its central directory, once every local header has been found to say the same.
///
/// Readers differ in which of the two they believe, and in what they make of bytes that belong to neither. So both have
/// to agree, and every byte of the archive belongs to one entry, the directory or its end (docs/decisions/082).
struct ZipDirectory {
  struct Entry {
    let path: String
    let isFolder: Bool
    let isDeflated: Bool
    let checksum: UInt32
    let size: Int
    /// Where the content lies, as it is packed.
    let packed: Range<Int>
  }

  /// In the order of the directory.
  private(set) var entries: [Entry] = []

  init(_ bytes: any ArchiveBytes, _ limits: ArchiveLimits) throws(ArchiveError) {
    let reader = ZipBytes(bytes)
    let end = try ZipEnd(reader)
    // Each takes 46 bytes and a name.
    guard end.count <= end.directory.count / 46 else { throw Self.wrongCount(end.count) }
    guard end.count <= limits.entries else {
      throw ArchiveError(.tooManyEntries, "more than \(limits.entries) entries")
    }
    var at = end.directory.lowerBound
    var headers: [ZipHeader] = []
    while at < end.directory.upperBound {
      guard headers.count < end.count else { throw Self.wrongCount(end.count) }
      let header = try ZipHeader(reader, at: at, number: headers.count + 1)
      headers.append(header)
      at = header.end
    }
    guard headers.count == end.count else { throw Self.wrongCount(end.count) }
    guard at == end.directory.upperBound else {
      throw ArchiveError(.disagreement, "the directory is longer than it says")
    }
    let packed = try Self.packed(headers, reader, upTo: end.directory.lowerBound)
    for (header, packed) in zip(headers, packed) {
      entries.append(
        Entry(
          path: header.path,
          isFolder: header.isFolder,
          isDeflated: header.method == ZipHeader.deflate,
          checksum: header.checksum,
          size: header.size,
          packed: packed
        )
      )
    }
  }

  private static func wrongCount(_ count: Int) -> ArchiveError {
    ArchiveError(.disagreement, "the number of entries is not \(count), as it says")
  }

  /// Where the contents lie, in the order of the headers: one after the other, and nothing between them.
  private static func packed(
    _ headers: [ZipHeader],
    _ reader: ZipBytes,
    upTo end: Int
  ) throws(ArchiveError) -> [Range<Int>] {
    var packed = [Range<Int>](repeating: 0..<0, count: headers.count)
    let order = headers.indices.sorted { headers[$0].offset < headers[$1].offset }
    var at = 0
    for (place, number) in order.enumerated() {
      let header = headers[number]
      guard header.offset >= at else {
        throw ArchiveError(.overlap, entry: header.path, "entries share bytes")
      }
      guard header.offset == at else { throw Self.unclaimed(at) }
      let next = place + 1 < order.count ? headers[order[place + 1]].offset : end
      packed[number] = try header.content(reader)
      let behind = packed[number].upperBound
      guard behind <= next else {
        throw ArchiveError(.overlap, entry: header.path, "entries share bytes")
      }
      // What stands behind the content is judged first, since its length is told by what follows.
      if header.hasDescriptor { try header.check(descriptor: behind..<next, reader) }
      guard header.hasDescriptor || behind == next else { throw Self.unclaimed(behind) }
      at = next
    }
    guard at == end else { throw Self.unclaimed(at) }
    return packed
  }

  private static func unclaimed(_ at: Int) -> ArchiveError {
    ArchiveError(.disagreement, "bytes at \(at) belong to no entry")
  }
}

/// The end of a zip archive: how many entries there are, and where their directory lies.
struct ZipEnd {
  let count: Int
  let directory: Range<Int>

  /// Without its comment.
  private static let length = 22

  init(_ reader: ZipBytes) throws(ArchiveError) {
    let last = reader.count - Self.length
    let first = max(0, last - 0xFFFF)
    guard last >= 0, let at = try Self.place(in: first...last, reader) else {
      throw ArchiveError(.unreadable, "the archive is damaged (its end is missing)")
    }
    guard at + Self.length + (try reader.u16(at + 20)) == reader.count else {
      throw ArchiveError(.disagreement, "something stands behind the end of the archive")
    }
    var fields = ZipEnd.Fields(
      disks: [try reader.u16(at + 4), try reader.u16(at + 6)],
      counts: [try reader.u16(at + 8), try reader.u16(at + 10)],
      size: try reader.u32(at + 12),
      offset: try reader.u32(at + 16)
    )
    var end = at
    if try reader.has(0x0706_4B50, at: at - 20) {
      end = try reader.u64(at - 20 + 8)
      fields = try fields.agreeing(with: try ZipEnd.large(reader, at: end, upTo: at - 20))
    }
    guard fields.disks == [0, 0], fields.counts[0] == fields.counts[1] else {
      throw ArchiveError(.unreadable, "the archive is one of several disks")
    }
    count = fields.counts[0]
    guard fields.offset <= end, fields.size == end - fields.offset else {
      throw ArchiveError(.disagreement, "the directory does not lie where the archive says")
    }
    directory = fields.offset..<end
  }

  /// The last one that it begins at.
  private static func place(
    in places: ClosedRange<Int>,
    _ reader: ZipBytes
  ) throws(ArchiveError) -> Int? {
    for at in places.reversed() where try reader.has(0x0605_4B50, at: at) { return at }
    return nil
  }

  private struct Fields {
    let disks: [Int]
    let counts: [Int]
    let size: Int
    let offset: Int

    /// The fields of the large record, where these are the marks for “look there” or the same.
    func agreeing(with large: Fields) throws(ArchiveError) -> Fields {
      let pairs =
        zip(counts, large.counts).map { ($0, $1, 0xFFFF) } + [
          (size, large.size, 0xFFFF_FFFF), (offset, large.offset, 0xFFFF_FFFF),
        ]
      guard pairs.allSatisfy({ $0 == $1 || $0 == $2 }),
        disks == large.disks || disks == [0xFFFF, 0xFFFF]
      else { throw ArchiveError(.disagreement, "the archive has two ends that differ") }
      return large
    }
  }

  /// The record that holds what is too large for the end.
  private static func large(
    _ reader: ZipBytes,
    at start: Int,
    upTo end: Int
  ) throws(ArchiveError) -> Fields {
    guard try reader.has(0x0606_4B50, at: start), start <= end - 56,
      try reader.u64(start + 4) == end - start - 12, try reader.u32(end + 4) == 0,
      try reader.u32(end + 16) <= 1
    else { throw ArchiveError(.disagreement, "the archive has two ends that differ") }
    return Fields(
      disks: [try reader.u32(start + 16), try reader.u32(start + 20)],
      counts: [try reader.u64(start + 24), try reader.u64(start + 32)],
      size: try reader.u64(start + 40),
      offset: try reader.u64(start + 48)
    )
  }
}

/// Numbers of a zip archive, lowest byte first.
struct ZipBytes {
  let count: Int
  private let whole: [UInt8]?
  private let window: Window

  init(_ bytes: any ArchiveBytes) {
    count = bytes.count
    whole = bytes as? [UInt8]
    window = Window(bytes)
  }

  func has(_ signature: UInt32, at place: Int) throws(ArchiveError) -> Bool {
    guard place >= 0, place <= count - 4 else { return false }
    return try number(place, 4) == UInt64(signature)
  }

  func u16(_ place: Int) throws(ArchiveError) -> Int { Int(try number(place, 2)) }
  func u32(_ place: Int) throws(ArchiveError) -> Int { Int(try number(place, 4)) }

  func u64(_ place: Int) throws(ArchiveError) -> Int {
    guard let value = Int(exactly: try number(place, 8)) else {
      throw ArchiveError(.lyingSize, "a size is above all bounds")
    }
    return value
  }

  func slice(_ place: Int, _ length: Int) throws(ArchiveError) -> ArraySlice<UInt8> {
    guard place >= 0, length >= 0, place <= count, length <= count - place else { throw Self.ended }
    if let whole { return whole[place..<place + length] }
    let part = try window.part(place, length)
    guard part.count == length else { throw Self.ended }
    return part
  }

  private static let ended = ArchiveError(
    .unreadable,
    "the archive is damaged (it ends too early)"
  )

  private func number(_ place: Int, _ length: Int) throws(ArchiveError) -> UInt64 {
    try slice(place, length).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// The part of an archive's file that was read last, which has most of what is asked for next.
private final class Window {
  private let source: any ArchiveBytes
  private var start = 0
  private var bytes: [UInt8] = []

  init(_ source: any ArchiveBytes) { self.source = source }

  func part(_ place: Int, _ length: Int) throws(ArchiveError) -> ArraySlice<UInt8> {
    if place < start || place + length > start + bytes.count {
      // Headers are read forwards, the end is looked for backwards.
      start = max(0, place - 8_192)
      bytes = try source.bytes(at: start, place - start + length + 8_192)
    }
    let from = min(place - start, bytes.count)
    return bytes[from..<min(from + length, bytes.count)]
  }
}
