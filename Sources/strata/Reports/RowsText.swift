import Contract
import Solutions

/// Rows for the terminal, in columns.
struct RowsText {
  let page: RowPage
  /// For `--page`; nil at the end.
  let next: String?
  var form = RowForm()

  func text(_ style: TextStyle) -> Prose {
    guard !page.rows.isEmpty else { return "No rows.\n" }
    let columns = page.header.columns.map(\.path.name)
    let texts = page.rows.map { row in
      zip(page.header.columns, row.values).map { form.text($1, of: $0.column).shown(40) }
    }
    let widths = columns.indices.map { place in
      max(columns[place].count, texts.map { $0[place].count }.max() ?? 0)
    }
    func line(_ fields: [String]) -> Prose {
      let cells = zip(fields, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      let joined = cells.joined(separator: "  ")
      return .foreign(String(joined.reversed().drop { $0 == " " }.reversed()))
    }
    var lines = [style.bold(line(columns))] + texts.map(line)
    if let next { lines.append(style("more: --page \(next)", .gray)) }
    return lines.joined(separator: "\n") + "\n"
  }
}
