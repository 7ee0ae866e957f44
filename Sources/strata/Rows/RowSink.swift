import Contract
import Solutions

/// A file that rows are written to, or standard output; CSV or JSON lines by its name.
final class RowSink {
  private let path: String
  private let outputs: Outputs
  private let isJSON: Bool
  /// nil before the first row, and on standard output.
  private var file: OutputFile?
  private var buffer: [UInt8] = []

  /// - Parameter path: one of the outputs.
  init(_ path: String, of outputs: Outputs) {
    self.path = path
    self.outputs = outputs
    isJSON = path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson")
  }

  /// Nothing is seen of them before `commit`, but on standard output.
  ///
  /// - Returns: how many rows.
  /// - Throws: `Files.Failure`, `Console.Unread`, what the body throws.
  func write(
    header: RowHeader,
    _ body: (_ give: (Row) throws -> Void) throws -> Void
  ) throws -> Int {
    var count = 0
    if path != "-" { file = try outputs.open(path, isPrivate: true) }
    if !isJSON { try put(CSV.line(header.columns.map(\.path.column))) }
    try body { row in
      let columns = header.columns
      if isJSON {
        var fields: [String: JSONScalar] = [:]
        for (entry, value) in zip(columns, row.values) {
          fields[entry.path.column] = JSONScalar(value, of: entry.column)
        }
        try put(try ShapeCoder.line(fields) + "\n")
      } else {
        try put(CSV.line(zip(columns, row.values).map { $0.column.text(of: $1) }))
      }
      count += 1
      if count % 20_000 == 0 { Progress.show("\(count) rows …") }
    }
    try flush()
    return count
  }

  /// - Throws: `Files.Failure`
  func commit() throws { try file?.commit() }

  private func put(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 1 << 16 { try flush() }
  }

  private func flush() throws {
    if let file {
      try file.write(buffer)
    } else {
      Console.give(buffer)
      try Console.requireReader()
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

// SAFETY: one transaction writes to it, from beginning to end.
extension RowSink: @unchecked Sendable {}
