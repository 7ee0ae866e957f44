/// A moment, in milliseconds; comes in as an argument, the core reads no clock.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Since 1970-01-01T00:00:00Z.
  package let milliseconds: Int

  package init(milliseconds: Int) { self.milliseconds = milliseconds }

  package static func < (left: Self, right: Self) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

extension Timestamp: CustomStringConvertible {
  /// `2026-11-24T02:45:07.123Z`.
  package var description: String { text(.millisecond) + "Z" }

  /// How much of a moment is written.
  enum Precision: Int {
    case day = 10
    case second = 19
    case millisecond = 23
  }

  /// `2026-11-24T02:45:07.123`, or as much of it; rows have many of them, so digits are set one by one.
  func text(_ precision: Precision) -> String {
    let days = milliseconds.flooredDivided(by: 86_400_000)
    let rest = milliseconds - days * 86_400_000
    let (year, month, day) = Self.civil(days)
    // Years of other lengths stand before the rest as they are.
    let isUsual = (0...9999).contains(year)
    let text = String(unsafeUninitializedCapacity: precision.rawValue) { buffer in
      var place = 0
      func put(_ number: Int, _ width: Int, after sign: UInt8? = nil) {
        guard place < precision.rawValue else { return }
        if let sign {
          buffer[place] = sign
          place += 1
        }
        var left = number
        for at in stride(from: place + width - 1, through: place, by: -1) {
          buffer[at] = 0x30 + UInt8(left % 10)
          left /= 10
        }
        place += width
      }
      put(isUsual ? year : 0, 4)
      put(month, 2, after: 0x2D)
      put(day, 2, after: 0x2D)
      put(rest / 3_600_000, 2, after: 0x54)
      put(rest / 60_000 % 60, 2, after: 0x3A)
      put(rest / 1000 % 60, 2, after: 0x3A)
      put(rest % 1000, 3, after: 0x2E)
      return place
    }
    return isUsual ? text : "\(year)\(text.dropFirst(4))"
  }

  /// Days since 1970 as a date of the Gregorian calendar, years counted from March.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted.flooredDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

extension Int {
  fileprivate func flooredDivided(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
