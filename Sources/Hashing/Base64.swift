internal import Clibcrypto

/// RFC 4648 base64, without line breaks.
package enum Base64 {
  package static func encode(_ bytes: [UInt8]) -> String {
    let text = [UInt8](unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4 + 1) {
      buffer,
      count in
      count = Int(EVP_EncodeBlock(buffer.baseAddress, bytes, Int32(clamping: bytes.count)))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// nil for what is no base64.
  package static func decode(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 4 == 0, digits.count < Int(Int32.max) else { return nil }
    let padding = digits.reversed().prefix { $0 == 0x3D }.count
    guard padding < 3 else { return nil }
    var length = 0
    var bytes = [UInt8](unsafeUninitializedCapacity: digits.count / 4 * 3 + 1) { buffer, count in
      length = Int(EVP_DecodeBlock(buffer.baseAddress, digits, Int32(digits.count)))
      count = max(0, length)
    }
    guard length >= 0 else { return nil }
    bytes.removeLast(min(padding, bytes.count))
    return bytes
  }

  /// The same in the alphabet of addresses, without padding (RFC 4648 §5); nil for anything else.
  package static func decode(url text: Substring) -> [UInt8]? {
    var digits: [UInt8] = []
    digits.reserveCapacity(text.utf8.count + 2)
    for digit in text.utf8 {
      switch digit {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: digits.append(digit)
      case UInt8(ascii: "-"): digits.append(UInt8(ascii: "+"))
      case UInt8(ascii: "_"): digits.append(UInt8(ascii: "/"))
      default: return nil
      }
    }
    guard digits.count % 4 != 1 else { return nil }
    digits += Array(repeating: UInt8(ascii: "="), count: (4 - digits.count % 4) % 4)
    return decode(String(decoding: digits, as: UTF8.self))
  }
}
