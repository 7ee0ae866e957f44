internal import Hashing

/// A globally unique identifier.
///
/// Packages spell them with and without braces, in upper and lower case (PF-302); compared as values.
package struct GUID: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package init?(_ text: some StringProtocol) { self.init(String(text)) }

  /// 32 hexadecimal digits in groups of 8-4-4-4-12, with or without braces and surrounding blanks.
  package init?(_ text: String) {
    var text = text
    guard let guid = text.withUTF8({ GUID($0) }) else { return nil }
    self = guid
  }

  private init?(_ text: UnsafeBufferPointer<UInt8>) {
    var digits = 0
    var (high, low): (UInt64, UInt64) = (0, 0)
    for character in text {
      switch character {
      case 0x7B, 0x7D, 0x20, 0x09, 0x0A, 0x0D: continue
      case 0x2D:
        guard Self.hasHyphen(before: digits) else { return nil }
      default:
        guard digits < 32, let value = Hexadecimal.value(character) else { return nil }
        if digits < 16 {
          high = high << 4 | UInt64(value)
        } else {
          low = low << 4 | UInt64(value)
        }
        digits += 1
      }
    }
    guard digits == 32 else { return nil }
    self.high = high
    self.low = low
  }

  private static func hasHyphen(before digit: Int) -> Bool {
    digit == 8 || digit == 12 || digit == 16 || digit == 20
  }
}

extension GUID {
  /// The same parts give the same id, different ones another (version 8 of RFC 9562, from SHA-256).
  package init(from parts: String...) {
    var hasher = SHA256Hasher()
    for part in parts { hasher.update(Array(part.utf8) + [0]) }
    let bytes = hasher.finish().bytes
    let words = (0..<2).map { word in
      bytes[word * 8..<word * 8 + 8].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    }
    high = words[0] & ~0xF000 | 0x8000
    low = words[1] & ~(0xC000 << 48) | 0x8000 << 48
  }
}

/// Solutions that every environment of the platform has, by their ids.
extension GUID {
  package static let systemSolution = GUID(high: 0xFD14_0AAD_4DF4_11DD, low: 0xBD17_0019_B931_2238)
  package static let activeSolution = GUID(high: 0xFD14_0AAE_4DF4_11DD, low: 0xBD17_0019_B931_2238)
}

extension GUID: CustomStringConvertible {
  /// Lower case, without braces.
  package var description: String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      var at = 0
      for place in 0..<32 {
        if Self.hasHyphen(before: place) {
          buffer[at] = 0x2D
          at += 1
        }
        let word = place < 16 ? high : low
        buffer[at] = Hexadecimal.digit(word >> UInt64(60 - place % 16 * 4))
        at += 1
      }
      return at
    }
  }
}
