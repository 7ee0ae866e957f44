/// Rows that come from outside, as text, one after the other.
package protocol RowSource {
  /// Names of the fields, as the first line of a file has them.
  var header: [String] { get }
  /// The next row's fields, as many as the header has.
  ///
  /// - Returns: the line it begins at; nil at the end.
  mutating func next(_ fields: inout [String]) throws -> Int?
}

/// A row that cannot be written.
package struct BadRow: Equatable, Sendable {
  package let line: Int
  /// In place of the line, where that says nothing: the table and the id of a record.
  package let place: String?
  /// Field of the header; nil when it is the row as a whole.
  package let field: String?
  package let message: String

  package init(line: Int, place: String? = nil, field: String?, message: String) {
    self.line = line
    self.place = place
    self.field = field
    self.message = message
  }
}

/// Rows that were refused, all of them; nothing was written.
package struct BadRows: ProseError, Equatable, Sendable {
  /// The first ones.
  package let rows: [BadRow]
  package let count: Int

  package init(rows: [BadRow], count: Int) {
    self.rows = rows
    self.count = count
  }

  package var prose: Prose {
    let lines = rows.map { row -> Prose in
      let place: Prose = row.place.map { "\($0)" } ?? "line \(row.line)"
      return "  \(place): \(row.field.map { "\($0): " } ?? "")\(row.message)"
    }
    let more: [Prose] = count > rows.count ? ["  … and \(count - rows.count) more"] : []
    let subject: Prose = count == 1 ? "1 row" : "\(count) rows"
    return (["\(subject) cannot be written, so none was:"] + lines + more)
      .joined(separator: "\n")
  }
}
