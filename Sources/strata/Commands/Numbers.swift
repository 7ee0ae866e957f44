import ArgumentParser
import Solutions

/// Whole numbers of the command line, each with its range: what is out of it is wrong usage.
enum Numbers {
  static func operation(_ text: String) throws -> Int { try number(text, in: 1...Count.most) }

  /// 0 is before all operations.
  static func revision(_ text: String) throws -> Int { try number(text, in: 0...Count.most) }

  static func count(_ text: String) throws -> Int { try number(text, in: 0...Count.most) }

  /// Of a report: fewer say nothing.
  static func characters(_ text: String) throws -> Int { try number(text, in: 1_000...Count.most) }

  static func port(_ text: String) throws -> Int { try number(text, in: 0...65_535) }

  static func days(_ text: String) throws -> Int { try number(text, in: 0...1_000_000) }

  static func seconds(_ text: String) throws -> Int { try number(text, in: 0...1_000_000) }

  /// What a column of whole numbers holds.
  static func whole(_ text: String) throws -> Int {
    try number(text, in: Int(Int32.min)...Int(Int32.max))
  }

  private static func number(_ text: String, in range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw ValidationError(
        "it is a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }
}
