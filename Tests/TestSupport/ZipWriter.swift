/// Writes zip archives by hand, stored and without compression, so that tests can also make what no tool would.
package struct ZipWriter {
  /// What an entry says of itself beside its name and content; the defaults tell the truth.
  package struct Lies {
    package var size: Int?
    package var flags: UInt16
    /// Unix mode in the central directory, such as 0o120777 for a link.
    package var mode: UInt32

    package init(size: Int? = nil, flags: UInt16 = 0x0800, mode: UInt32 = 0) {
      self.size = size
      self.flags = flags
      self.mode = mode
    }
  }

  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  package init() {}

  package mutating func add(_ path: String, _ content: [UInt8], lies: Lies = Lies()) {
    let offset = body.count
    let name = Array(path.utf8)
    let size = UInt32(lies.size ?? content.count)
    let crc = Self.crc(content)
    body += little(0x0403_4B50 as UInt32) + common(lies, crc, size, name.count) + name + content
    directory +=
      little(0x0201_4B50 as UInt32) + little(0x0314 as UInt16) + common(lies, crc, size, name.count)
    directory += [0, 0, 0, 0, 0, 0] + little(lies.mode << 16) + little(UInt32(offset)) + name
    count += 1
  }

  package func bytes() -> [UInt8] {
    body + directory + little(0x0605_4B50 as UInt32) + [0, 0, 0, 0]
      + little(UInt16(count)) + little(UInt16(count)) + little(UInt32(directory.count))
      + little(UInt32(body.count)) + [0, 0]
  }

  /// From "version needed" to the length of the extra field.
  private func common(_ lies: Lies, _ crc: UInt32, _ size: UInt32, _ name: Int) -> [UInt8] {
    let head = little(20 as UInt16) + little(lies.flags) + little(0 as UInt16)
    let time = little(0 as UInt16) + little(0x21 as UInt16)
    let sizes = little(crc) + little(size) + little(size)
    return head + time + sizes + little(UInt16(name)) + little(0 as UInt16)
  }

  private func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }
}
