/// An entry as the central directory has it.
struct ZipHeader {
  let path: String
  let name: ArraySlice<UInt8>
  let flags: Int
  let method: Int
  let checksum: UInt32
  let size: Int
  let isFolder: Bool
  /// Of its local header.
  let offset: Int
  /// The place behind it in the directory.
  let end: Int

  private let packedSize: Int
  private let number: Int

  static let stored = 0
  static let deflate = 8

  /// How hard was packed, sizes behind the content, names in UTF-8.
  private static let flagsKnown = 0b1000_0000_1110
  private static let isEncrypted = 0b1
  private static let isDescribed = 0b1000
  private static let unknown = 0xFFFF_FFFF

  /// Whether sizes and checksum stand behind the content, since they were not known before it.
  var hasDescriptor: Bool { flags & Self.isDescribed != 0 }

  /// - Parameter number: its place in the directory, for people.
  init(_ reader: ZipBytes, at place: Int, number: Int) throws(ArchiveError) {
    guard try reader.has(0x0201_4B50, at: place) else {
      throw ArchiveError(.unreadable, "the archive is damaged (entry \(number) of its directory)")
    }
    self.number = number
    let nameLength = try reader.u16(place + 28)
    let extraLength = try reader.u16(place + 30)
    name = try reader.slice(place + 46, nameLength)
    path = try Self.path(name)
    flags = try reader.u16(place + 8)
    method = try reader.u16(place + 10)
    checksum = UInt32(try reader.u32(place + 16))
    let extra = try ZipExtra(
      try reader.slice(place + 46 + nameLength, extraLength),
      of: name,
      path,
      sizes: [
        try reader.u32(place + 24), try reader.u32(place + 20), try reader.u32(place + 42),
      ]
    )
    (size, packedSize, offset) = (extra.sizes[0], extra.sizes[1], extra.sizes[2])
    end = place + 46 + nameLength + extraLength + (try reader.u16(place + 32))
    isFolder = path.hasSuffix("/")
    try check(disk: try reader.u16(place + 34), attributes: try reader.u32(place + 38))
  }

  /// Some tools of Windows write backslashes, and readers take them for slashes.
  private static func path(_ name: ArraySlice<UInt8>) throws(ArchiveError) -> String {
    guard let path = String(validating: name, as: UTF8.self) else {
      throw ArchiveError(.invalidName, "an entry's name is not UTF-8")
    }
    return name.contains(UInt8(ascii: "/")) ? path : path.replacing("\\", with: "/")
  }

  private func check(disk: Int, attributes: Int) throws(ArchiveError) {
    guard flags & Self.isEncrypted == 0 else {
      throw ArchiveError(.encrypted, entry: path, "an entry is encrypted")
    }
    guard flags & ~Self.flagsKnown == 0 else {
      throw ArchiveError(.method, entry: path, "the flags \(flags) of an entry are not known")
    }
    guard method == Self.stored || method == Self.deflate else {
      throw ArchiveError(
        .method,
        entry: path,
        "an entry is packed by method \(method); stored and deflate are allowed"
      )
    }
    guard disk == 0 else {
      throw ArchiveError(.unreadable, entry: path, "the archive is one of several disks")
    }
    // The mode of Unix; attributes of other systems are judged only where they say "link" or "device".
    let type = attributes >> 16 & 0o170000
    guard type == 0 || type == 0o100000 || type == 0o040000 else {
      throw ArchiveError(.link, entry: path, "an entry is a link or a device")
    }
    guard type != 0o040000 || isFolder, !isFolder || size == 0 else {
      throw ArchiveError(.disagreement, entry: path, "an entry is a folder and a file")
    }
  }

  // MARK: Its local header

  /// Where the content lies, once the local header is found to say the same.
  func content(_ reader: ZipBytes) throws(ArchiveError) -> Range<Int> {
    guard try reader.has(0x0403_4B50, at: offset) else { throw disagreement("it has no header") }
    let nameLength = try reader.u16(offset + 26)
    let extraLength = try reader.u16(offset + 28)
    let start = offset + 30 + nameLength
    let local = try reader.slice(offset + 30, nameLength)
    guard local == name else {
      let spelled = String(decoding: local, as: UTF8.self)
      throw ArchiveError(
        .disagreement,
        entry: path,
        "entry \(number) is “\(path)” in the directory, “\(spelled)” in its header"
      )
    }
    guard try reader.u16(offset + 6) == flags else { throw disagreement("flags differ") }
    guard try reader.u16(offset + 8) == method else { throw disagreement("methods differ") }
    let extra = try ZipExtra(
      try reader.slice(start, extraLength),
      of: name,
      path,
      sizes: [try reader.u32(offset + 22), try reader.u32(offset + 18)]
    )
    // Behind the content stands what was not known here.
    let isOpen = hasDescriptor
    guard isSame(try reader.u32(offset + 14), Int(checksum), isOpen) else {
      throw disagreement("checksums (CRC) differ")
    }
    guard isSame(extra.sizes[0], size, isOpen), isSame(extra.sizes[1], packedSize, isOpen),
      method == Self.deflate || packedSize == size
    else { throw disagreement("sizes differ") }
    _ = try reader.slice(start + extraLength, packedSize)
    return start + extraLength..<start + extraLength + packedSize
  }

  private func isSame(_ local: Int, _ stated: Int, _ isOpen: Bool) -> Bool {
    local == stated || isOpen && (local == 0 || local == Self.unknown)
  }

  /// What stands behind the content: the checksum and both sizes, of four or eight bytes, with a signature or without.
  func check(descriptor: Range<Int>, _ reader: ZipBytes) throws(ArchiveError) {
    let isSigned = descriptor.count == 16 || descriptor.count == 24
    let width = descriptor.count >= 20 ? 8 : 4
    let start = descriptor.lowerBound + (isSigned ? 4 : 0)
    let hasSignature = try reader.has(0x0807_4B50, at: descriptor.lowerBound)
    guard [12, 16, 20, 24].contains(descriptor.count), !isSigned || hasSignature else {
      throw disagreement("what stands behind its content is of no known form")
    }
    let sizes =
      width == 4
      ? [try reader.u32(start + 4), try reader.u32(start + 8)]
      : [try reader.u64(start + 4), try reader.u64(start + 12)]
    guard try reader.u32(start) == Int(checksum), sizes == [packedSize, size] else {
      throw disagreement("sizes or checksums (CRC) differ behind its content")
    }
  }

  private func disagreement(_ what: String) -> ArchiveError {
    ArchiveError(.disagreement, entry: path, "directory and header of an entry disagree: \(what)")
  }
}

/// Fields that follow a header: sizes that need eight bytes, and other spellings of the name.
struct ZipExtra {
  /// As given, those that are marked as too large replaced.
  private(set) var sizes: [Int]

  init(
    _ bytes: ArraySlice<UInt8>,
    of name: ArraySlice<UInt8>,
    _ path: String,
    sizes: [Int]
  ) throws(ArchiveError) {
    self.sizes = sizes
    let reader = ZipBytes(Array(bytes))
    var at = 0
    var kinds: Set<Int> = []
    while at <= reader.count - 4 {
      let (kind, length) = (try reader.u16(at), try reader.u16(at + 2))
      let field = try reader.slice(at + 4, length)
      at += 4 + length
      guard kind == 0x0001 || kind == 0x7075 else { continue }
      guard kinds.insert(kind).inserted else {
        throw ArchiveError(.disagreement, entry: path, "a field of an entry stands twice")
      }
      if kind == 0x0001 {
        try takeLarge(ZipBytes(Array(field)))
      } else if field.dropFirst(5) != name {
        throw ArchiveError(.invalidName, entry: path, "an entry has two names")
      }
    }
  }

  private mutating func takeLarge(_ field: ZipBytes) throws(ArchiveError) {
    var at = 0
    for place in sizes.indices where sizes[place] == 0xFFFF_FFFF && at <= field.count - 8 {
      sizes[place] = try field.u64(at)
      at += 8
    }
  }
}
