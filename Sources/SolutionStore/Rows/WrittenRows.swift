internal import SQL
internal import Solutions

/// Which line of a file became which row of the table.
final class WrittenRows {
  private let lastRowBefore: Int
  /// Lines of the rows, in the order in which they were written.
  private var lines: [Int32] = []
  /// Their numbers, where rows that were there are among them; new ones are counted on.
  private var rows: [Int64] = []
  /// Which columns they say, by numbers of whoever writes; none where all say the same.
  private var forms: [Int32] = []

  init(_ stored: StoredTable, in reader: StoreReader) throws {
    let last = try reader.sql.row("SELECT MAX(rowid) FROM \(name: stored.name)") {
      try $0.optionalInteger(0)
    }
    lastRowBefore = (last ?? 0) ?? 0
  }

  /// - Parameters:
  ///   - row: nil for one that is new, as all the others are.
  ///   - form: nil where all lines say the same columns.
  func note(_ row: Int64?, line: Int, form: Int32?) {
    lines.append(Int32(clamping: line))
    if let row { rows.append(row) }
    if let form { forms.append(form) }
  }

  /// One pass over all rows: for what goes wrong.
  ///
  /// - Parameter said: forms of lines that count; nil is all of them.
  func lines(of wanted: Set<Int>, in said: Set<Int32>? = nil) -> [Int: Int] {
    var found: [Int: Int] = [:]
    for (place, line) in lines.enumerated() {
      if let said, forms.indices.contains(place), !said.contains(forms[place]) { continue }
      let row = rows.indices.contains(place) ? Int(rows[place]) : lastRowBefore + 1 + place
      if wanted.contains(row) { found[row] = Int(line) }
    }
    return found
  }
}
