/// What lies in the trash under a number.
package struct TrashContent: Sendable {
  package struct Column: Sendable {
    package let column: Solutions.Column
    /// How many rows have a value in it.
    package let values: Int

    package init(column: Solutions.Column, values: Int) {
      self.column = column
      self.values = values
    }
  }

  package let entry: TrashRow
  /// As they were defined when it was dropped.
  package let columns: [Column]
  package let page: RowPage

  package init(entry: TrashRow, columns: [Column], page: RowPage) {
    self.entry = entry
    self.columns = columns
    self.page = page
  }
}

/// A dropped table or column with its data.
package struct TrashRow: Equatable, Sendable {
  package let id: Incarnation.ID
  package let component: ComponentID
  /// The table that a column lies in, 0 for one of the system's; nil for a table.
  package let place: Incarnation.ID?
  /// The operation that dropped it, and when.
  package let operation: Int
  package let dropped: Timestamp
  /// Rows of a table, values of a column; nil where they are not counted.
  package let count: Int?
  /// Why it lies there.
  package let origin: Origin

  package enum Origin: String, CaseIterable, Sendable {
    case dropped
    /// Values that a migration of rows overwrote.
    case overwritten
    /// Values that one had written, when it was taken back.
    case takenBack = "taken-back"
  }

  /// Whether it is a table, with all its columns.
  package var isWhole: Bool { place == nil && origin == .dropped }

  package init(
    id: Incarnation.ID,
    component: ComponentID,
    place: Incarnation.ID?,
    operation: Int,
    dropped: Timestamp,
    count: Int?,
    origin: Origin = .dropped
  ) {
    self.id = id
    self.component = component
    self.place = place
    self.operation = operation
    self.dropped = dropped
    self.count = count
    self.origin = origin
  }
}
