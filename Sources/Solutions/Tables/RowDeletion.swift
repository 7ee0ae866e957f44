/// What deleting rows does to others (CascadeDelete of relationships, PF-502).
package struct RowDeletion: Equatable, Sendable {
  /// Rows that go, by table; the table that was named is among them.
  package let deleted: [String: Int]
  /// Rows whose lookup is emptied, by table and column.
  package let unlinked: [String: Int]
  /// Pairs that go with the rows, by the intersect table.
  package let pairs: [String: Int]

  package init(
    deleted: [String: Int],
    unlinked: [String: Int],
    pairs: [String: Int] = [:]
  ) {
    self.pairs = pairs
    self.deleted = deleted
    self.unlinked = unlinked
  }
}

/// Rows that others hold on to; nothing was deleted.
package struct RowsHeld: ProseError, Equatable, Sendable {
  /// By relationship, in words.
  package let reasons: [String]

  package init(reasons: [String]) { self.reasons = reasons }

  package var prose: Prose {
    (["the rows cannot be deleted, and nothing was changed:"] + reasons.map { "  \($0)" as Prose })
      .joined(separator: "\n")
  }
}
