internal import Solutions

/// Which line of a file became which row of the table.
final class WrittenRows {
  /// Lines of the rows, in the order in which they were written.
  private var lines: [Int32] = []
  private var ids: [GUID] = []
  /// Which columns they say, by numbers of whoever writes; none where all say the same.
  private var forms: [Int32] = []

  /// - Parameters:
  ///   - id: of the row.
  ///   - form: nil where all lines say the same columns.
  func note(_ id: GUID, line: Int, form: Int32?) {
    lines.append(Int32(clamping: line))
    ids.append(id)
    if let form { forms.append(form) }
  }

  /// One pass over all rows: for what goes wrong.
  ///
  /// - Parameter said: forms of lines that count; nil is all of them.
  func lines(of wanted: Set<GUID>, in said: Set<Int32>? = nil) -> [GUID: Int] {
    var found: [GUID: Int] = [:]
    for (place, id) in ids.enumerated() {
      if let said, forms.indices.contains(place), !said.contains(forms[place]) { continue }
      if wanted.contains(id) { found[id] = Int(lines[place]) }
    }
    return found
  }
}
