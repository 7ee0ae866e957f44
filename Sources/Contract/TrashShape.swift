package import Solutions

/// `trash --json`.
package struct TrashShape: Shape {
  package static let format = "strata.trash"

  package struct Item: Codable, Sendable {
    package let number: Int
    package let component: String
    package let operation: Int
    package let dropped: String
    /// Rows of a table, values of a column; null when not counted.
    @Nullable package var count: Int?
    /// Why it lies there.
    package let origin: Wire.Origin
  }

  package let items: [Item]

  package init(_ rows: [TrashRow], kinds: ComponentKinds) {
    items = rows.map { Item($0, kinds: kinds) }
  }
}

extension TrashShape.Item {
  init(_ row: TrashRow, kinds: ComponentKinds) {
    number = row.id
    component = "\(kinds[row.component.type].name):\(row.component.key)"
    operation = row.operation
    dropped = row.dropped.description
    origin = Wire.Origin(row.origin)
    count = row.count
  }
}
