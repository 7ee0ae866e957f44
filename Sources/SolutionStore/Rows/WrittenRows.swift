internal import SQL
internal import Solutions

/// Which line of a file became which row of the table.
struct WrittenRows {
  private let lastRowBefore: Int
  /// Lines of the rows, in the order in which they were written.
  private var lines: [Int32] = []
  /// Their numbers, where rows that were there are among them; new ones are counted on.
  private var rows: [Int64] = []

  init(_ stored: StoredTable, in reader: StoreReader) throws {
    let last = try reader.sql.row("SELECT MAX(rowid) FROM \(name: stored.name)") {
      try $0.optionalInteger(0)
    }
    lastRowBefore = (last ?? 0) ?? 0
  }

  var count: Int { lines.count }

  /// - Parameter row: nil for one that is new, as all the others are.
  mutating func note(_ row: Int64?, line: Int) {
    lines.append(Int32(clamping: line))
    if let row { rows.append(row) }
  }

  /// One pass over all rows: for what goes wrong.
  func lines(of wanted: Set<Int>) -> [Int: Int] {
    var found: [Int: Int] = [:]
    for (place, line) in lines.enumerated() {
      let row = rows.indices.contains(place) ? Int(rows[place]) : lastRowBefore + 1 + place
      if wanted.contains(row) { found[row] = Int(line) }
    }
    return found
  }
}
