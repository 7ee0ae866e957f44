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

  package init(
    id: Incarnation.ID,
    component: ComponentID,
    place: Incarnation.ID?,
    operation: Int,
    dropped: Timestamp,
    count: Int?
  ) {
    self.id = id
    self.component = component
    self.place = place
    self.operation = operation
    self.dropped = dropped
    self.count = count
  }
}
