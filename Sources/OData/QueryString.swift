/// Percent signs, and what stands between `&` and `=`.
package enum QueryString {
  /// Names and values in order; a plus is a blank, as forms write it.
  package static func pairs(_ query: String) -> [(name: String, value: String)] {
    query.split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        decoded(parts[0], plusIsBlank: true),
        parts.count > 1 ? decoded(parts[1], plusIsBlank: true) : ""
      )
    }
  }

  /// With percent signs resolved; one that begins no byte stands for itself.
  package static func decoded(_ text: some StringProtocol, plusIsBlank: Bool = false) -> String {
    var rest = Array(text.utf8)[...]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rest.count)
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "+"), plusIsBlank {
        bytes.append(0x20)
      } else if byte == UInt8(ascii: "%"), let high = digit(rest.first),
        let low = digit(rest.dropFirst().first)
      {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// As a part of an address: only letters, digits and `-._~` stand for themselves.
  package static func encoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default: bytes += [0x25, hexadecimal(byte >> 4), hexadecimal(byte & 15)]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? 0x30 + digit : 0x41 + digit - 10
  }

  private static func digit(_ byte: UInt8?) -> UInt8? {
    switch byte {
    case .some(0x30...0x39): byte.map { $0 - 0x30 }
    case .some(0x41...0x46): byte.map { $0 - 0x37 }
    case .some(0x61...0x66): byte.map { $0 - 0x57 }
    default: nil
    }
  }
}
