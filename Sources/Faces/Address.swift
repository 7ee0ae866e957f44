internal import Hashing

extension String {
  /// For one part of an address, or one value behind its question mark.
  package var escapedForAddress: String {
    var text: [UInt8] = []
    for byte in utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
      if isPlain {
        text.append(byte)
      } else {
        text += [UInt8(ascii: "%"), hex(byte >> 4), hex(byte & 15)]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func hex(_ value: UInt8) -> UInt8 { Hexadecimal.digit(UInt64(value)) }
}
