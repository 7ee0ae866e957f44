/// How cells lie in rows: rows have no identity, so cells are merged as one list and rows are made anew (LY-553, PF-806).
struct Rows: Sendable {
  /// The rows by the cells that begin them, with the attributes of the row.
  var beginning: [Identity.Key: [Element.Attribute]] = [:]
  /// Empty rows before a row, by the cell that begins it; kept while nothing moves.
  var empty: [Identity.Key: [[Element.Attribute]]] = [:]
  /// Empty rows after all cells.
  var trailing: [[Element.Attribute]] = []
  /// Cells came, went or moved.
  var isReflowed = false
  /// A difference made in memory says how the cells are to lie; no document can.
  var isStated = false

  /// Whether the cells of two elements lie alike.
  static func isAlike(_ left: Element, _ right: Element) -> Bool {
    guard let mine = left.rows, let yours = right.rows else {
      return (left.rows == nil) == (right.rows == nil)
    }
    let (one, other) = (mine.lines(of: left.children), yours.lines(of: right.children))
    return one.count == other.count
      && zip(one, other).allSatisfy { line, lie in
        line.cells.count == lie.cells.count
          && line.attributes.sorted { $0.name < $1.name }
            == lie.attributes.sorted { $0.name < $1.name }
      }
  }

  /// The cells of each row, in order, with the attributes of the row; empty rows hold none.
  func lines(of cells: [Element]) -> [(attributes: [Element.Attribute], cells: [Element])] {
    var lines: [(attributes: [Element.Attribute], cells: [Element])] = []
    var column = Int32.max
    var isOpen = false
    for (cell, key) in zip(cells, Identity.keys(of: cells)) {
      let own = cell.place?.column ?? 1
      let begins = beginning[key]
      if begins != nil || (isReflowed && own <= column) || !isOpen {
        if !isReflowed { lines += (empty[key] ?? []).map { ($0, []) } }
        lines.append((begins ?? [], []))
        isOpen = true
      }
      column = own
      lines[lines.count - 1].cells.append(cell)
    }
    if !isReflowed { lines += trailing.map { ($0, []) } }
    return lines
  }
}

extension Element {
  /// Takes the cells out of their rows; what is no list of rows stays as it is.
  mutating func flattenRows() {
    guard children.allSatisfy({ $0.name == "row" && $0.text.isEmpty && $0.mark == nil }) else {
      return
    }
    var cells: [Element] = []
    var begins: [Int: [Attribute]] = [:]
    var before: [Int: [[Attribute]]] = [:]
    var empty: [[Attribute]] = []
    for row in children {
      guard !row.children.isEmpty else {
        empty.append(row.attributes)
        continue
      }
      var column: Int32 = 1
      for (number, cell) in row.children.enumerated() {
        var cell = cell
        if number == 0 {
          // A difference says by its ordinals where it puts a cell.
          if cell.mark != .added { begins[cells.count] = row.attributes }
          if !empty.isEmpty { before[cells.count] = empty }
          empty = []
        }
        if let ordinal = cell.place?.number {
          cell.place = Place(column: ordinal / 10_000, number: ordinal % 10_000)
        } else {
          cell.place = Place(column: column)
        }
        let span = cell.attribute("colspan").flatMap { Int32($0) } ?? 1
        column = min(column, 10_000) + min(max(1, span), 100)
        cells.append(cell)
      }
    }
    children = cells
    let keys = Identity.keys(of: cells)
    var rows = Rows(trailing: empty)
    for (at, attributes) in begins { rows.beginning[keys[at]] = attributes }
    for (at, attributes) in before { rows.empty[keys[at]] = attributes }
    self.rows = rows
  }
}
