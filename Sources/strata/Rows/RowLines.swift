import Contract
import Solutions

/// Rows as the bytes of lines.
///
/// What can be given as it is, is; the rest is asked of the coder that spells everything else.
struct RowLines {
  private let columns: [Column]
  private let form: RowForm
  /// Fields of a line of JSON in their order, with where they stand in a row; nil for CSV.
  private let fields: [(place: Int, name: [UInt8])]?

  init(_ header: RowHeader, isJSON: Bool, as form: RowForm) throws {
    self.form = form
    columns = header.columns.map(\.column)
    fields =
      isJSON
      ? try form.names(of: header).enumerated()
        .sorted { $0.element.utf8.lexicographicallyPrecedes($1.element.utf8) }
        .map { ($0.offset, Array("\(try ShapeCoder.line($0.element)):".utf8)) } : nil
  }

  func write(_ row: Row, into bytes: inout [UInt8]) throws {
    guard let fields else {
      return CSV.write(zip(columns, row.values).lazy.map { form.text($1, of: $0) }, into: &bytes)
    }
    bytes.append(0x7B)
    for (number, field) in fields.enumerated() {
      if number > 0 { bytes.append(0x2C) }
      bytes += field.name
      try write(row.values[field.place], of: columns[field.place], into: &bytes)
    }
    bytes += [0x7D, 0x0A]
  }

  private func write(_ value: RowValue, of column: Column, into bytes: inout [UInt8]) throws {
    switch value {
    // Digits as they are kept, all of them.
    case .text(let number) where column.type.storage == .decimal && Self.isPlain(number):
      bytes += number.utf8
    default: try write(form.scalar(value, of: column), into: &bytes)
    }
  }

  /// Whether a text is a number in JSON: `-12.50`.
  private static func isPlain(_ number: String) -> Bool {
    var (digits, isBehindPoint) = (0, false)
    for (place, byte) in number.utf8.enumerated() {
      switch byte {
      case 0x30...0x39: digits += 1
      case 0x2D where place == 0: continue
      case 0x2E where digits > 0 && !isBehindPoint: (digits, isBehindPoint) = (0, true)
      default: return false
      }
    }
    return digits > 0 && !number.hasPrefix("00")
  }

  private func write(_ scalar: JSONScalar, into bytes: inout [UInt8]) throws {
    switch scalar {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .text(var text):
      try text.withUTF8 { text in
        guard text.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) else {
          bytes += try ShapeCoder.line(scalar).utf8
          return
        }
        bytes.append(0x22)
        bytes.append(contentsOf: text)
        bytes.append(0x22)
      }
    case .decimal, .real: bytes += try ShapeCoder.line(scalar).utf8
    }
  }
}

/// A line of comma-separated values.
enum CSV {
  static func write(_ fields: some Sequence<String>, into bytes: inout [UInt8]) {
    let start = bytes.count
    for (place, field) in fields.enumerated() {
      if place > 0 { bytes.append(0x2C) }
      write(field, into: &bytes)
    }
    // An empty line is no row.
    if bytes.count == start { bytes += [0x22, 0x22] }
    bytes.append(0x0A)
  }

  private static func write(_ field: String, into bytes: inout [UInt8]) {
    var field = field
    field.withUTF8 { text in
      guard text.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
        return bytes.append(contentsOf: text)
      }
      bytes.append(0x22)
      for byte in text {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    }
  }
}
