/// A value that goes into a statement or comes out of a row.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

extension SQLValue {
  package init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  package init(_ value: String?) { self = value.map { .text($0) } ?? .null }
  package init(_ value: [UInt8]?) { self = value.map { .blob($0) } ?? .null }
  package init(_ value: Bool) { self = .integer(value ? 1 : 0) }
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(stringLiteral value: String) { self = .text(value) }
}

extension SQLValue: CustomStringConvertible {
  /// For people; bytes are only named.
  package var description: String {
    switch self {
    case .null: "nothing"
    case .integer(let value): String(value)
    case .real(let value): String(value)
    case .text(let value): "“\(value.prefix(100))”"
    case .blob: "bytes"
    }
  }
}

/// A row of an answer; columns by position, from 0.
package struct SQLRow: Sendable {
  package let values: [SQLValue]
  /// What the columns are called, for messages; none where nobody asked.
  private let names: [String]

  package init(_ values: [SQLValue], names: [String] = []) {
    self.values = values
    self.names = names
  }

  package var count: Int { values.count }

  package func value(_ column: Int) -> SQLValue { values[column] }

  package func isNull(_ column: Int) -> Bool { values[column] == .null }

  /// The largest number that an environment counts with, 2⁵³: sums and differences of some of them always have a place.
  package static let integerMax = 1 << 53

  /// A number from 0 to `integerMax`: all that an environment counts, and moments.
  package func integer(_ column: Int) throws(SQLError) -> Int {
    try integer(column, in: 0...Self.integerMax)
  }

  /// The same, of either sign: a difference of moments, since clocks go back.
  package func signedInteger(_ column: Int) throws(SQLError) -> Int {
    try integer(column, in: -Self.integerMax...Self.integerMax)
  }

  private func integer(_ column: Int, in range: ClosedRange<Int>) throws(SQLError) -> Int {
    guard case .integer(let value) = values[column], let number = Int(exactly: value),
      range.contains(number)
    else {
      throw unexpected(column, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  package func text(_ column: Int) throws(SQLError) -> String {
    guard case .text(let value) = values[column] else { throw unexpected(column, "text") }
    return value
  }

  package func blob(_ column: Int) throws(SQLError) -> [UInt8] {
    guard case .blob(let value) = values[column] else { throw unexpected(column, "bytes") }
    return value
  }

  package func optionalInteger(_ column: Int) throws(SQLError) -> Int? {
    isNull(column) ? nil : try integer(column)
  }

  package func optionalText(_ column: Int) throws(SQLError) -> String? {
    isNull(column) ? nil : try text(column)
  }

  private func name(_ column: Int) -> String {
    names.indices.contains(column) ? "the field \(names[column])" : "column \(column) of a row"
  }

  private func unexpected(_ column: Int, _ expected: String) -> SQLError {
    SQLError(
      .unexpectedValue,
      "\(name(column)) holds \(values[column]) where \(expected) is expected"
    )
  }
}
