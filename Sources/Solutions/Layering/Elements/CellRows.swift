internal import XML

/// How cells lie in rows: rows have no identity, so cells are merged as one list and rows are made anew (layers.md
/// §5.3, PF-806).
struct CellRows {
  /// Of a cell: the column of the section in which it stands, from 1.
  var column = 1
  /// Of a cell that begins a row: the row's attributes.
  var begins: [MergedElement.Attribute]?
  /// Empty rows before a cell that begins one or, of the container, after all cells; kept while nothing moves.
  var empty: [[MergedElement.Attribute]] = []
  /// Of the container: cells came, went or moved.
  var isReflowed = false

  /// The spelling of a cell's place in a difference.
  func ordinal(_ place: Int) -> Int { 10_000 * column + place }

  func write(_ cells: [MergedElement], to writer: inout DocumentWriter, isDifference: Bool) {
    var column = Int.max
    var isOpen = false
    for cell in cells {
      let rows = cell.rows ?? CellRows()
      let isFirst = rows.begins != nil || (isReflowed && rows.column <= column) || !isOpen
      if isFirst {
        if isOpen { writer.close("row") }
        if !isReflowed { write(empty: rows.empty, to: &writer) }
        writer.open("row", rows.begins ?? [])
        isOpen = true
      }
      column = rows.column
      cell.write(to: &writer, isDifference: isDifference)
    }
    if isOpen { writer.close("row") }
    if !isReflowed { write(empty: empty, to: &writer) }
  }

  private func write(empty rows: [[MergedElement.Attribute]], to writer: inout DocumentWriter) {
    for attributes in rows {
      writer.open("row", attributes)
      writer.close("row")
    }
  }
}

extension MergedElement {
  /// Takes the cells out of their rows; what is no list of rows stays as it is.
  mutating func flattenRows() {
    guard children.allSatisfy({ $0.name == "row" && $0.text.isEmpty && $0.action == nil }) else {
      return
    }
    var cells: [MergedElement] = []
    var empty: [[Attribute]] = []
    for row in children {
      guard !row.children.isEmpty else {
        empty.append(row.attributes)
        continue
      }
      var column = 1
      for (number, cell) in row.children.enumerated() {
        var cell = cell
        var rows = CellRows(column: column)
        if number == 0 { (rows.begins, rows.empty, empty) = (row.attributes, empty, []) }
        // A difference says by its ordinals where it puts a cell.
        if cell.action == .added { rows.begins = nil }
        if let ordinal = cell.place {
          (rows.column, cell.place) = (ordinal / 10_000, ordinal % 10_000)
        }
        column += min(max(1, cell.attribute("colspan").flatMap { Int($0) } ?? 1), 100)
        cell.rows = rows
        cells.append(cell)
      }
    }
    children = cells
    rows = CellRows(empty: empty)
  }
}
