import Contract
import Solutions

extension RowCountsShape {
  func text(_ style: TextStyle) -> Prose {
    guard !tables.isEmpty else { return "No tables.\n" }
    var lines: [Prose] = []
    for (name, table) in tables.sorted(by: { $0.key < $1.key }) {
      let what = table.arePairs == true ? "pair" : "row"
      lines.append("\(style.bold("\(name)"))  \(counted(table.rows ?? 0, what))")
      guard tables.count == 1 else { continue }
      for (column, count) in (table.values ?? [:]).sorted(by: { $0.key < $1.key }) {
        lines.append("  \(column)  \(counted(count, "value"))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
