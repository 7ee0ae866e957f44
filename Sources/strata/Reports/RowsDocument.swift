import SolutionStore
import Solutions

/// `rows TABLE list --json`.
struct RowsDocument: Codable, Sendable {
  let format: String
  let formatVersion: Int
  let table: String
  let columns: [String]
  private(set) var rows: [[String: JSONScalar]] = []
  /// For `--page`; null at the end.
  @Nullable private(set) var next: String?

  private var texts: [[String]] = []
  private var lastCookie: RowQuery.Cookie?

  enum CodingKeys: String, CodingKey {
    case format
    case formatVersion
    case table
    case columns
    case rows
    case next
  }

  init(table: String, header: RowHeader) {
    format = "strata.rows-list"
    formatVersion = 1
    self.table = table
    columns = header.columns.map(\.path.column)
  }

  mutating func add(_ row: Row, _ header: RowHeader, rowsMax: Int) throws {
    guard rows.count < rowsMax else {
      next = try lastCookie?.text()
      return
    }
    var fields: [String: JSONScalar] = [:]
    for (entry, value) in zip(header.columns, row.values) {
      fields[entry.path.column] = JSONScalar(value, of: entry.column)
    }
    rows.append(fields)
    texts.append(zip(header.columns, row.values).map { $0.column.text(of: $1).shown(40) })
    lastCookie = row.cookie
  }

  func text(_ style: TextStyle) -> String {
    guard !rows.isEmpty else { return "No rows.\n" }
    let widths = columns.indices.map { place in
      max(columns[place].count, texts.map { $0[place].count }.max() ?? 0)
    }
    func line(_ fields: [String]) -> String {
      let cells = zip(fields, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      let joined = cells.joined(separator: "  ")
      return String(joined.reversed().drop { $0 == " " }.reversed())
    }
    var lines = [style.bold(line(columns))] + texts.map(line)
    if let next { lines.append(style("more: --page \(next)", .gray)) }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension RowCountsDocument {
  func text(_ style: TextStyle) -> String {
    guard !tables.isEmpty else { return "No tables.\n" }
    var lines: [String] = []
    for (name, table) in tables.sorted(by: { $0.key < $1.key }) {
      lines.append("\(style.bold(name))  \(counted(table.rows ?? 0, "row"))")
      guard tables.count == 1 else { continue }
      for (column, count) in (table.values ?? [:]).sorted(by: { $0.key < $1.key }) {
        lines.append("  \(column)  \(counted(count, "value"))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
