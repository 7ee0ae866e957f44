/// An exact decimal number: its digits without needless zeros.
package struct DecimalText: Equatable, Sendable {
  private let isNegative: Bool
  private let whole: [UInt8]
  private let fraction: [UInt8]

  /// Digits with a sign, a point and an exponent, all optional: `1E-05`.
  package init?(_ text: String) {
    var whole: [UInt8] = []
    var fraction: [UInt8] = []
    var isNegative = false
    var isBehindPoint = false
    var hasDigits = false
    var exponent = 0
    reading: for (place, byte) in text.utf8.enumerated() {
      switch byte {
      case 0x2D where place == 0: isNegative = true
      case 0x2B where place == 0: break
      case 0x2E where !isBehindPoint: isBehindPoint = true
      case 0x30...0x39:
        hasDigits = true
        if isBehindPoint { fraction.append(byte) } else { whole.append(byte) }
      case 0x45, 0x65:
        guard let read = Self.exponent(text.utf8.dropFirst(place + 1)) else { return nil }
        exponent = read
        break reading
      default: return nil
      }
    }
    guard hasDigits else { return nil }
    // The point moves.
    if exponent > 0 {
      let zeros = [UInt8](repeating: 0x30, count: max(0, exponent - fraction.count))
      whole += fraction.prefix(exponent) + zeros
      fraction.removeFirst(min(exponent, fraction.count))
    } else if exponent < 0 {
      let zeros = [UInt8](repeating: 0x30, count: max(0, -exponent - whole.count))
      fraction = zeros + whole.suffix(-exponent) + fraction
      whole.removeLast(min(-exponent, whole.count))
    }
    whole.removeFirst(whole.prefix { $0 == 0x30 }.count)
    while fraction.last == 0x30 { fraction.removeLast() }
    self.whole = whole
    self.fraction = fraction
    self.isNegative = isNegative && !(whole.isEmpty && fraction.isEmpty)
  }

  /// Three digits at most: no column has a place for more, and each moves the point by one.
  private static func exponent(_ text: some Collection<UInt8>) -> Int? {
    let isSigned = text.first == 0x2D || text.first == 0x2B
    let digits = text.dropFirst(isSigned ? 1 : 0).drop { $0 == 0x30 }
    guard text.count > (isSigned ? 1 : 0), digits.count <= 3,
      digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return text.first == 0x2D ? -value : value
  }

  /// Behind the point.
  package var places: Int { fraction.count }
}

extension DecimalText: CustomStringConvertible {
  package var description: String {
    let digits = whole.isEmpty ? [0x30] : whole
    let point = fraction.isEmpty ? [] : [0x2E] + fraction
    return String(decoding: (isNegative ? [0x2D] : []) + digits + point, as: UTF8.self)
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
