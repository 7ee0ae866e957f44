/// Hexadecimal digits as bytes: identifiers and digests are spelled and read by the thousand.
package enum Hexadecimal {
  /// One of sixteen digits, in lower case.
  package static func digit(_ value: UInt64) -> UInt8 {
    let value = UInt8(truncatingIfNeeded: value & 15)
    return value < 10 ? 0x30 + value : 0x57 + value
  }

  /// nil for what is no digit; either case.
  package static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x37
    case 0x61...0x66: digit - 0x57
    default: nil
    }
  }
}
