/// A zip archive of which every field can be set by hand; what is not set tells the truth.
struct HandMadeZip {
  struct Entry {
    let name: [UInt8]
    var packed: [UInt8]
    var localName: [UInt8]
    var flags = 0
    var localFlags = 0
    var method = 0
    var localMethod = 0
    var checksum: Int
    var localChecksum: Int
    var size: Int
    var localSize: Int
    /// nil for the truth.
    var packedSize: Int?
    var localPackedSize: Int?
    var extra: [UInt8] = []
    var offset: Int?
    var isListed = true
    /// What stands before the header, and behind the content.
    var before: [UInt8] = []
    var behind: [UInt8] = []

    /// One block that is not compressed, in the form of deflate.
    mutating func deflate() {
      let length = UInt16(packed.count)
      packed = [1] + HandMadeZip.little(length) + HandMadeZip.little(~length) + packed
      (method, localMethod) = (8, 8)
    }

    /// Sizes and checksum behind the content.
    mutating func describe(
      checksum: Int? = nil,
      width: Int = 4,
      isSigned: Bool = true,
      extra: [UInt8] = []
    ) {
      flags |= 8
      localFlags |= 8
      (localChecksum, localSize, localPackedSize) = (0, 0, 0)
      let sizes = [packed.count, size].flatMap {
        width == 4 ? HandMadeZip.little(UInt32($0)) : HandMadeZip.little(UInt64($0))
      }
      behind =
        (isSigned ? HandMadeZip.little(0x0807_4B50 as UInt32) : [])
        + HandMadeZip.little(UInt32(checksum ?? self.checksum)) + sizes + extra
    }
  }

  /// The record that holds what is too large for the end.
  enum Large {
    case none
    /// Says the same as the end.
    case `true`
    /// The end refers to it.
    case needed
    case lying
  }

  private var data: [UInt8]
  private var directory: [UInt8] = []
  private var listed = 0
  var count: Int?
  var large = Large.none
  var gap: [UInt8] = []
  var behindDirectory: [UInt8] = []
  var comment: [UInt8] = []
  var behind: [UInt8] = []

  init(start: [UInt8] = []) { data = start }

  func with(_ name: String, _ text: String) -> HandMadeZip {
    var zip = self
    zip.add(name, text)
    return zip
  }

  mutating func add(_ name: String, _ text: String, _ change: (inout Entry) -> Void = { _ in }) {
    add(bytes: Array(name.utf8), text, change)
  }

  mutating func add(
    bytes name: [UInt8],
    _ text: String,
    _ change: (inout Entry) -> Void = { _ in }
  ) {
    let content = Array(text.utf8)
    let checksum = Self.checksum(content)
    var entry = Entry(
      name: name,
      packed: content,
      localName: name,
      checksum: checksum,
      localChecksum: checksum,
      size: content.count,
      localSize: content.count
    )
    change(&entry)
    data += entry.before
    let at = entry.offset ?? data.count
    if entry.offset == nil {
      data += Self.little(0x0403_4B50 as UInt32) + [20, 0]
      data += Self.fields(
        entry.localFlags,
        entry.localMethod,
        entry.localChecksum,
        entry.localPackedSize ?? entry.packed.count,
        entry.localSize
      )
      data += Self.little(UInt16(entry.localName.count)) + [0, 0] + entry.localName + entry.packed
      data += entry.behind
    }
    guard entry.isListed else { return }
    directory += Self.little(0x0201_4B50 as UInt32) + [20, 3, 20, 0]
    directory += Self.fields(
      entry.flags,
      entry.method,
      entry.checksum,
      entry.packedSize ?? entry.packed.count,
      entry.size
    )
    directory += Self.little(UInt16(name.count)) + Self.little(UInt16(entry.extra.count))
    directory += [UInt8](repeating: 0, count: 10) + Self.little(UInt32(at)) + name + entry.extra
    listed += 1
  }

  private static func fields(
    _ flags: Int,
    _ method: Int,
    _ checksum: Int,
    _ packed: Int,
    _ size: Int
  ) -> [UInt8] {
    var bytes = little(UInt16(flags))
    bytes += little(UInt16(method))
    bytes += [0, 0, 33, 0]
    for number in [checksum, packed, size] { bytes += little(UInt32(number)) }
    return bytes
  }

  func bytes() -> [UInt8] {
    let start = data.count + gap.count
    let number = count ?? listed
    var end = data + gap + directory + behindDirectory
    if large != .none {
      let at = end.count
      let stated = UInt64(large == .lying ? number + 1 : number)
      end += Self.little(0x0606_4B50 as UInt32) + Self.little(44 as UInt64) + [45, 3, 45, 0]
      end += [UInt8](repeating: 0, count: 8) + Self.little(stated) + Self.little(stated)
      end += Self.little(UInt64(directory.count)) + Self.little(UInt64(start))
      end +=
        Self.little(0x0706_4B50 as UInt32) + [0, 0, 0, 0] + Self.little(UInt64(at)) + [1, 0, 0, 0]
    }
    let isMarked = large == .needed
    end += Self.little(0x0605_4B50 as UInt32) + [0, 0, 0, 0]
    let counts = Self.little(isMarked ? 0xFFFF : UInt16(number))
    end += counts + counts
    end += Self.little(isMarked ? 0xFFFF_FFFF : UInt32(directory.count))
    end += Self.little(isMarked ? 0xFFFF_FFFF : UInt32(start))
    return end + Self.little(UInt16(comment.count)) + comment + behind
  }

  fileprivate static func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return Int(~sum)
  }
}
