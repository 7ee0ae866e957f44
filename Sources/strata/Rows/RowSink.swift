import Contract
import Faces
import Solutions

/// How rows are written.
struct RowForm {
  /// Options by their labels.
  var isLabelled = false
  /// Columns as they are displayed.
  var isDisplayed = false
  /// Nothing that a spreadsheet takes for a formula.
  var isHarmless = false

  func names(of header: RowHeader) -> [String] {
    isDisplayed ? header.titles : header.columns.map(\.path.name)
  }

  func text(_ value: RowValue, of column: Column) -> String {
    let text = isLabelled ? column.label(of: value) : column.text(of: value)
    switch value {
    case .text: return column.type.storage == .decimal ? text : harmless(text)
    case .integer: return isLabelled ? harmless(text, unless: column.text(of: value)) : text
    default: return text
    }
  }

  func scalar(_ value: RowValue, of column: Column) -> JSONScalar {
    let scalar = JSONScalar(value, of: column)
    guard isLabelled, value != .null else { return scalar }
    let label = column.label(of: value)
    return label == column.text(of: value) ? scalar : .text(label)
  }

  /// What a spreadsheet takes for a text (docs/rows.md).
  func harmless(_ text: String) -> String {
    guard isHarmless, let first = text.utf8.first,
      [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first)
    else { return text }
    return "'\(text)"
  }

  private func harmless(_ text: String, unless number: String) -> String {
    text == number ? text : harmless(text)
  }
}

/// A file that rows are written to, or standard output; CSV or JSON lines by its name.
final class RowSink {
  private let path: String
  private let outputs: Outputs
  private let isJSON: Bool
  private let form: RowForm
  /// nil before the first row, and on standard output.
  private var file: OutputFile?
  private var buffer: [UInt8] = []

  /// - Parameter path: one of the outputs.
  init(_ path: String, of outputs: Outputs, as form: RowForm = RowForm()) {
    self.path = path
    self.outputs = outputs
    self.form = form
    isJSON = Self.isJSON(path)
  }

  static func isJSON(_ path: String) -> Bool {
    path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson")
  }

  /// Nothing is seen of them before `commit`, but on standard output.
  ///
  /// - Returns: how many rows.
  /// - Throws: `Failure`, `Console.Unread`, what the body throws.
  func write(
    header: RowHeader,
    _ body: (_ give: (Row) throws -> Void) throws -> Void
  ) throws -> Int {
    var count = 0
    if path != "-" { file = try outputs.open(path, isPrivate: true) }
    let lines = try RowLines(header, isJSON: isJSON, as: form)
    if !isJSON { CSV.write(form.names(of: header).map(form.harmless), into: &buffer) }
    try body { row in
      try lines.write(row, into: &buffer)
      if buffer.count > 1 << 16 { try flush() }
      count += 1
      if count % 20_000 == 0 { Progress.show("\(count) rows …") }
    }
    try flush()
    return count
  }

  /// - Throws: `Failure`
  func commit() throws { try file?.commit() }

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
