internal import Collation

/// By what the values of a column compare: what is asked for, ordered and kept apart.
package enum ValueComparison: Equatable, Sendable {
  case asKept
  /// Texts, whatever their case and accents (docs/decisions/088).
  case folded
  /// Days: of a column that had moments before, values may still be moments.
  case day
  /// Moments, written with their zone or without.
  case moment
  /// Exact decimals, which are equal as they are spelled and more or less as numbers.
  case number
}

extension ColumnType {
  package var comparison: ValueComparison {
    switch self {
    case .text: .folded
    case .dateTime(.dateOnly): .day
    case .dateTime: .moment
    case .decimal: .number
    default: .asKept
    }
  }
}

extension ColumnType {
  /// Whether its values are more or less than those of every other such type.
  package var isNumeric: Bool {
    switch self {
    case .integer, .bigInteger, .decimal, .float: true
    default: false
    }
  }
}

extension ValueComparison {
  /// What a value compares by.
  package func compared(_ value: RowValue) -> RowValue {
    guard case .text(let text) = value else { return value }
    return switch self {
    case .asKept, .number: value
    case .folded: .text(Collation.folded(text))
    case .day: .text(String(text.prefix(10)))
    case .moment: .text(String((text + "T00:00:00").prefix(19)))
    }
  }

  /// A pattern for what values compare by.
  package func compared(pattern: String) -> String {
    self == .folded ? Collation.folded(pattern: pattern) : pattern
  }
}

extension ColumnType.DateBehavior {
  /// A value as a column of this behavior shows it, whatever it was written as.
  func shown(_ text: String) -> String {
    switch self {
    case .dateOnly: text.utf8.count > 10 ? String(text.prefix(10)) : text
    case .timeZoneIndependent:
      text.utf8.count == 19 ? text : String((text + "T00:00:00").prefix(19))
    case .userLocal:
      text.utf8.count == 20 ? text : String((text + "T00:00:00").prefix(19)) + "Z"
    }
  }
}
