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
  package var description: String {
    let days = milliseconds.flooredDivided(by: 86_400_000)
    let rest = milliseconds - days * 86_400_000
    let (year, month, day) = Self.civil(days)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let fraction = String(rest % 1000 + 1000).dropFirst()
    let (seconds, minutes) = (rest / 1000, rest / 60_000)
    let padding = String(repeating: "0", count: max(0, 4 - String(year).count))
    return "\(padding)\(year)-\(two(month))-\(two(day))T\(two(minutes / 60)):\(two(minutes % 60)):"
      + "\(two(seconds % 60)).\(fraction)Z"
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
