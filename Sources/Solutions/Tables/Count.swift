/// How many there are of something: from 0 to 2⁵³, the largest number that every reader of JSON takes exactly; or, where
/// numbers were added up, more than that.
///
/// Numbers that come from outside are taken as counts where they are read, so that nothing that is done with them can
/// fail.
package struct Count: Hashable, Sendable {
  /// 2⁵³.
  package static let most = 1 << 53

  /// Where it is more than can be told, `most`.
  package let number: Int
  package let isMore: Bool

  /// nil for what is below 0 or above `most`.
  package init?(_ number: Int) {
    guard (0...Self.most).contains(number) else { return nil }
    (self.number, isMore) = (number, false)
  }

  /// What was counted here; the nearest that there is.
  package init(counted number: Int) {
    (self.number, isMore) = (min(max(number, 0), Self.most), number > Self.most)
  }

  package static func + (left: Count, right: Count) -> Count {
    // Neither is above 2⁵³, so the sum is far from the end of what can be added.
    let sum = Count(counted: left.number + right.number)
    return left.isMore || right.isMore ? Count(counted: most + 1) : sum
  }

  package static func += (left: inout Count, right: Count) { left = left + right }

  /// What is left, at least nothing; of what is more than can be told, that.
  package static func - (left: Count, right: Count) -> Count {
    left.isMore ? left : Count(counted: left.number - right.number)
  }
}

extension Count: Comparable, ExpressibleByIntegerLiteral {
  package init(integerLiteral number: Int) { self.init(counted: number) }

  package static func < (left: Count, right: Count) -> Bool {
    left.number == right.number ? !left.isMore && right.isMore : left.number < right.number
  }
}

extension Count: CustomStringConvertible {
  package var description: String {
    isMore ? "more than 9,007,199,254,740,992" : String(number)
  }
}
