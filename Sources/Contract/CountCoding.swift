package import Solutions

/// A field of a document that is no count.
package struct NoCount: ProseError, Equatable, Sendable {
  /// `tables.fab_note.rows`.
  package let field: String

  package var prose: Prose {
    "\(field) is no whole number from 0 to \(Count.most)"
  }
}

extension Count: Codable {
  /// - Throws: `NoCount` for any other number.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let number: Int?
    do {
      number = try container.decode(Int.self)
    } catch {
      // A number all the same: too large, or not whole.
      _ = try container.decode(Double.self)
      number = nil
    }
    guard let number, let count = Count(number) else {
      throw NoCount(field: decoder.codingPath.map(\.stringValue).joined(separator: "."))
    }
    self = count
  }

  /// More than can be told is told as the most.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }
}
