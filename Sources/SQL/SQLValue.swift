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

/// A row of an answer; columns by position, from 0.
package struct SQLRow: Sendable {
  private let values: [SQLValue]

  package init(_ values: [SQLValue]) { self.values = values }

  package var count: Int { values.count }

  package func value(_ column: Int) -> SQLValue { values[column] }

  package func isNull(_ column: Int) -> Bool { values[column] == .null }

  package func integer(_ column: Int) throws(SQLError) -> Int {
    guard case .integer(let value) = values[column] else { throw unexpected(column, "an integer") }
    return Int(value)
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

  private func unexpected(_ column: Int, _ expected: String) -> SQLError {
    SQLError(
      .unexpectedValue,
      "column \(column) of a row holds \(values[column]) where \(expected) is expected"
    )
  }
}
