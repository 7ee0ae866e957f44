/// What a column of a table holds (PF-424).
package enum ColumnType: Equatable, Sendable {
  case primaryKey
  case uniqueIdentifier
  /// One line or many; the length counts UTF-16 units.
  case text(lengthMax: Int?)
  case integer(min: Int?, max: Int?)
  case bigInteger
  /// Exact, with so many places after the point; money too.
  case decimal(places: Int, min: String?, max: String?)
  case float(min: Double?, max: Double?)
  case boolean
  /// A choice of one; the numbers that may be written, nil where the choice is not known here.
  case choice([Int]?)
  case choices([Int]?)
  case dateTime(DateBehavior)
  /// By id; the tables that it may lead to, sorted, empty where no relationship is known here.
  case lookup([String])
  case file
  case image
  /// Declared and not kept: party lists, and what a later platform brings.
  case other(String)

  package enum DateBehavior: Equatable, Sendable {
    /// A moment; kept in UTC.
    case userLocal
    case dateOnly
    /// As written, whatever the zone.
    case timeZoneIndependent
  }
}

extension ColumnType {
  /// How a database keeps it.
  package enum Storage: Equatable, Sendable {
    case text
    case integer
    case real
    case decimal
    case blob
  }

  package var storage: Storage {
    switch self {
    case .primaryKey, .uniqueIdentifier, .text, .choices, .dateTime, .lookup, .other: .text
    case .integer, .bigInteger, .boolean, .choice: .integer
    case .decimal: .decimal
    case .float: .real
    case .file, .image: .blob
    }
  }

  /// Whether values that were written as another type are values of this one, whatever the bounds.
  func reads(_ other: ColumnType) -> Bool {
    if case (.dateTime(let own), .dateTime(let others)) = (self, other) { return own == others }
    return title == other.title
  }

  /// What people call it.
  package var title: String {
    switch self {
    case .primaryKey: "primary key"
    case .uniqueIdentifier: "unique identifier"
    case .text: "text"
    case .integer: "whole number"
    case .bigInteger: "big integer"
    case .decimal: "decimal"
    case .float: "float"
    case .boolean: "yes/no"
    case .choice: "choice"
    case .choices: "choices"
    case .dateTime(.dateOnly): "date"
    case .dateTime: "date and time"
    case .lookup: "lookup"
    case .file: "file"
    case .image: "image"
    case .other(let name): name
    }
  }
}
