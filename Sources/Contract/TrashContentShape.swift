package import Solutions

/// `trash show --json`.
package struct TrashContentShape: Shape {
  package static let format = "strata.trash-show"

  package struct Column: Codable, Sendable {
    package let name: String
    package let type: String
    /// Rows with a value in it.
    package let values: Int
  }

  package let item: TrashShape.Item
  /// As they were defined when it was dropped.
  package let columns: [Column]
  package let rows: [[String: JSONScalar]]
  /// For `--page`; null at the end.
  @Nullable package var next: String?

  /// - Throws: `EncodingError` for a cookie with a number that JSON cannot hold.
  package init(_ content: TrashContent, kinds: ComponentKinds) throws {
    item = TrashShape.Item(content.entry, kinds: kinds)
    columns = content.columns.map {
      Column(name: $0.column.name, type: $0.column.type.title, values: $0.values)
    }
    let page = try RowsShape(table: content.entry.component.key, content.page)
    rows = page.rows
    next = page.next
  }
}
