/// An exact decimal number: its digits without needless zeros.
package struct DecimalText: Equatable, Sendable {
  private let isNegative: Bool
  private let whole: [UInt8]
  private let fraction: [UInt8]

  /// Digits with a sign and a point, both optional.
  package init?(_ text: String) {
    var whole: [UInt8] = []
    var fraction: [UInt8] = []
    var isNegative = false
    var isBehindPoint = false
    for (place, byte) in text.utf8.enumerated() {
      switch byte {
      case 0x2D where place == 0: isNegative = true
      case 0x2B where place == 0: break
      case 0x2E where !isBehindPoint: isBehindPoint = true
      case 0x30...0x39:
        if isBehindPoint {
          fraction.append(byte)
        } else if byte != 0x30 || !whole.isEmpty {
          whole.append(byte)
        }
      default: return nil
      }
    }
    guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
    while fraction.last == 0x30 { fraction.removeLast() }
    self.whole = whole
    self.fraction = fraction
    self.isNegative = isNegative && !(whole.isEmpty && fraction.isEmpty)
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
