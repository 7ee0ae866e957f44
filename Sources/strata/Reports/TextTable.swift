import Solutions

/// Columns side by side, each as wide as what stands in it, under a line that says what they are.
enum TextTable {
  /// - Parameter rows: as long as the head; texts that fit on a line.
  static func text(_ head: [Prose], _ rows: [[Prose]], _ style: TextStyle) -> Prose {
    var widths = head.map(TextWrap.width)
    for row in rows {
      for (column, cell) in row.enumerated() where column < widths.count {
        widths[column] = max(widths[column], TextWrap.width(cell))
      }
    }
    func line(_ cells: [Prose]) -> Prose {
      var line: Prose = ""
      var blanks = 0
      for (cell, width) in zip(cells, widths) {
        let own = TextWrap.width(cell)
        // Nothing follows the last word of a line.
        if own > 0 { line += "\(String(repeating: " ", count: blanks))\(cell)" }
        blanks = (own > 0 ? 0 : blanks) + width - own + 2
      }
      return line + "\n"
    }
    return rows.reduce(line(head.map { style($0, .gray) })) { $0 + line($1) }
  }
}
