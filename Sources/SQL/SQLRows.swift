/// Rows of one table that go into it together.
package struct SQLRows: Sendable {
  package let columns: [String]
  /// Of all rows, one after the other.
  package private(set) var values: [SQLValue] = []
  /// About how much room the values take.
  package private(set) var bytes = 0

  package init(_ columns: [String]) {
    precondition(!columns.isEmpty, "a row has a column")
    self.columns = columns
  }

  package var count: Int { values.count / columns.count }

  package var isEmpty: Bool { values.isEmpty }

  package mutating func append(_ row: [SQLValue]) {
    precondition(row.count == columns.count, "a row has a value for each column")
    values.append(contentsOf: row)
    for value in row {
      switch value {
      case .null, .integer, .real: bytes += 8
      case .text(let text): bytes += text.utf8.count
      case .blob(let blob): bytes += blob.count
      }
    }
  }

  package mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    bytes = 0
  }

  package subscript(row: Int) -> ArraySlice<SQLValue> {
    values[row * columns.count..<(row + 1) * columns.count]
  }
}

/// What becomes of a row that is there already.
package enum SQLConflict: Sendable {
  case refused
  /// It stays as it is.
  case kept
}

/// Conditions that each hold for some of the rows of a table, and for each row once: for work that is done in pieces.
package struct SQLPieces: Sendable {
  package let conditions: [SQLText]
  /// About how many rows there are, for progress.
  package let rowsMax: Int
  /// About how many of them a piece has.
  package let step: Int

  package init(_ conditions: [SQLText], rowsMax: Int, step: Int) {
    self.conditions = conditions
    self.rowsMax = rowsMax
    self.step = step
  }
}
