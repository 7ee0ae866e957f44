/// The SHA-256 of some bytes: content address of definitions and identity of packages.
package struct SHA256Digest: Hashable, Comparable, Sendable {
  /// Big-endian quarters, so that the order of digests is the order of their spellings.
  package let words: (UInt64, UInt64, UInt64, UInt64)

  /// - Parameter bytes: 32 of them.
  init(_ bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count == 32, "SHA-256 has 32 bytes")
    func word(_ at: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
    words = (word(0), word(8), word(16), word(24))
  }

  /// 32 bytes; nil for another number.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self = bytes.withUnsafeBytes { SHA256Digest($0) }
  }

  /// 64 hexadecimal digits, upper or lower case.
  package init?(_ text: some StringProtocol) {
    let digits = text.utf8
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    var high: UInt8?
    for digit in digits {
      guard let value = Hexadecimal.value(digit) else { return nil }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    self = bytes.withUnsafeBytes { SHA256Digest($0) }
  }

  package static func == (left: Self, right: Self) -> Bool { left.words == right.words }

  package static func < (left: Self, right: Self) -> Bool { left.words < right.words }

  package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

  package var bytes: [UInt8] {
    [words.0, words.1, words.2, words.3].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
    }
  }
}

extension SHA256Digest: CustomStringConvertible {
  /// 64 hexadecimal digits in lower case.
  package var description: String {
    String(unsafeUninitializedCapacity: 64) { buffer in
      var at = 0
      for word in [words.0, words.1, words.2, words.3] {
        for shift in stride(from: 60, through: 0, by: -4) {
          buffer[at] = Hexadecimal.digit(word >> UInt64(shift))
          at += 1
        }
      }
      return 64
    }
  }
}
