/// An exact decimal number: its digits without needless zeros, so that equal numbers are equal.
package struct DecimalText: Equatable, Sendable {
  private let isNegative: Bool
  private let digits: [UInt8]
  /// How many of the digits stand before the point.
  private let point: Int

  private var whole: ArraySlice<UInt8> { digits[..<point] }
  private var fraction: ArraySlice<UInt8> { digits[point...] }

  /// Digits with a sign, a point and an exponent, all optional; nil also for what would have more than 400 digits.
  package init?(_ text: String) {
    var text = text
    guard let number = text.withUTF8({ DecimalText($0) }) else { return nil }
    self = number
  }

  private init?(_ text: UnsafeBufferPointer<UInt8>) {
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    var places = 0
    var isNegative = false
    var isBehindPoint = false
    var rest = text[...]
    if rest.first == 0x2D || rest.first == 0x2B { isNegative = rest.removeFirst() == 0x2D }
    while let byte = rest.first, byte | 0x20 != UInt8(ascii: "e") {
      rest.removeFirst()
      switch byte {
      case 0x2E where !isBehindPoint: isBehindPoint = true
      case 0x30...0x39:
        digits.append(byte)
        places += isBehindPoint ? 1 : 0
      default: return nil
      }
    }
    guard !digits.isEmpty else { return nil }
    if !rest.isEmpty {
      guard let exponent = Int(String(decoding: rest.dropFirst(), as: UTF8.self)),
        (-Self.digitsMax...Self.digitsMax).contains(exponent)
      else { return nil }
      places -= exponent
    }
    if places < 0 { digits += Array(repeating: 0x30, count: -places) }
    if digits.count < places {
      digits = Array(repeating: 0x30, count: places - digits.count) + digits
    }
    let point = digits.count - max(places, 0)
    while digits.count > point, digits.last == 0x30 { digits.removeLast() }
    let needless = digits[..<point].prefix { $0 == 0x30 }.count
    if needless > 0 { digits.removeFirst(needless) }
    self.digits = digits
    self.point = point - needless
    self.isNegative = isNegative && !digits.isEmpty
  }

  /// The nearest number with so many places; half away from zero.
  package func rounded(to places: Int) -> DecimalText {
    guard fraction.count > places else { return self }
    var digits = [0x30] + self.digits[..<(point + places)]
    if self.digits[point + places] >= 0x35 {
      var place = digits.count - 1
      while digits[place] == 0x39 {
        digits[place] = 0x30
        place -= 1
      }
      // The zero in front takes what is carried.
      digits[place] += 1
    }
    let point = digits.count - places
    let text = (isNegative ? [0x2D] : []) + digits[..<point] + [0x2E] + digits[point...]
    return DecimalText(String(decoding: text, as: UTF8.self)) ?? self
  }

  private static let digitsMax = 400

  /// Behind the point.
  package var places: Int { fraction.count }
}

extension DecimalText: CustomStringConvertible {
  package var description: String {
    let count = digits.count + 3
    return String(unsafeUninitializedCapacity: count) { buffer in
      var place = 0
      func put(_ byte: UInt8) {
        buffer[place] = byte
        place += 1
      }
      if isNegative { put(0x2D) }
      if point == 0 { put(0x30) }
      for byte in whole { put(byte) }
      if point < digits.count { put(0x2E) }
      for byte in fraction { put(byte) }
      return place
    }
  }
}

extension DecimalText: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
  }

  /// Without the sign.
  private func isSmaller(than other: Self) -> Bool {
    if whole.count != other.whole.count { return whole.count < other.whole.count }
    if whole != other.whole { return whole.lexicographicallyPrecedes(other.whole) }
    return fraction.lexicographicallyPrecedes(other.fraction)
  }
}
