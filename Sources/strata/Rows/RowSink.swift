import Contract
import FoundationEssentials
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// A file that rows are written to, CSV or JSON lines by its name.
final class RowSink {
  private let path: String
  private let descriptor: Int32
  private let isJSON: Bool
  private var buffer: [UInt8] = []

  init(_ path: String) throws {
    self.path = path
    if path != "-" { try Files.refuseDatabase(path) }
    isJSON = path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson")
    descriptor =
      path == "-" ? dup(STDOUT_FILENO) : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure() }
  }

  deinit { close(descriptor) }

  /// - Returns: how many rows.
  func write(
    header: RowHeader,
    _ body: (_ give: (Row) throws -> Void) throws -> Void
  ) throws -> Int {
    var count = 0
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

  private func put(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 1 << 16 { try flush() }
  }

  private func flush() throws {
    var done = 0
    while done < buffer.count {
      let written = buffer[done...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      guard written > 0 else { throw failure() }
      done += written
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failure() -> Files.Failure {
    Files.Failure(description: "cannot write \(path): \(String(cString: strerror(errno)))")
  }
}

// SAFETY: one transaction writes to it, from beginning to end.
extension RowSink: @unchecked Sendable {}
