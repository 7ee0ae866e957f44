internal import Solutions

/// Comma-separated values (RFC 4180): the first line names the columns; fields may be quoted and hold line breaks.
package struct CSVReader: RowSource {
  package private(set) var header: [String] = []
  private let input: ByteInput
  private let path: String
  private var delimiter: UInt8
  private var line = 1
  private var field: [UInt8] = []
  private var pushedBack: UInt8?
  private var isQuoted = false

  /// - Parameter path: as errors name it.
  /// - Throws: `RowFileError`, `Failure`.
  package init(_ input: ByteInput, path: String, delimiter: UInt8 = 0x2C) throws {
    self.input = input
    self.path = path
    self.delimiter = delimiter
    if input.isArchive {
      throw RowFileError(
        path: path,
        line: 1,
        message: "this is no text; of a workbook (.xlsx) write each sheet as CSV in UTF-8"
      )
    }
    var names = try firstRecord()
    // Spreadsheets say so which separator follows.
    if let sign = names[0].utf8.last, names.count == 1, names[0].hasPrefix("sep="),
      names[0].utf8.count == 5
    {
      self.delimiter = sign
      names = try firstRecord()
    } else if names == ["sep=", ""] {
      names = try firstRecord()
    }
    header = names.map { $0.filter { $0 != " " } }
    if header.count == 1, delimiter == 0x2C, header[0].contains(";") {
      throw semicolons
    }
  }

  private mutating func firstRecord() throws -> [String] {
    var names: [String] = []
    guard try record({ names.append($0) }) else {
      throw RowFileError(
        path: path,
        line: line,
        message: "the file is empty; its first line names columns"
      )
    }
    return names
  }

  /// - Throws: `RowFileError`, `Failure`.
  package mutating func next(_ fields: inout [String]) throws -> Int? {
    let width = header.count
    var (start, count) = (line, 0)
    repeat {
      (start, count) = (line, 0)
      isQuoted = false
      let isThere = try record { text in
        if count < width { fields[count] = text }
        count += 1
      }
      guard isThere else { return nil }
      // An empty line at the end, or in between, is no row.
    } while count == 1 && fields[0].isEmpty && !isQuoted
    guard count == width else {
      throw RowFileError(
        path: path,
        line: start,
        message: "the line has \(count) fields, and the first line names \(width) columns"
      )
    }
    return start
  }

  private mutating func byte() throws -> UInt8? {
    if let byte = pushedBack {
      pushedBack = nil
      return byte
    }
    return try input.next()
  }

  /// One record, field by field; false at the end of the file.
  private mutating func record(_ give: (String) -> Void) throws -> Bool {
    guard var byte = try byte() else { return false }
    while true {
      field.removeAll(keepingCapacity: true)
      var next: UInt8? = byte
      if byte == 0x22 {
        isQuoted = true
        next = try quoted()
      } else {
        while let this = next, this != delimiter, this != 0x0A, this != 0x0D {
          field.append(this)
          try input.take(upTo: delimiter, 0x0A, 0x0D, into: &field)
          next = try self.byte()
        }
      }
      give(try text())
      switch next {
      case nil: return true
      case delimiter:
        guard let following = try self.byte() else {
          give("")
          return true
        }
        byte = following
      case 0x0D:
        let following = try self.byte()
        if following != 0x0A { pushedBack = following }
        line += 1
        return true
      default:
        line += 1
        return true
      }
    }
  }

  /// What stands between quotation marks; gives what comes behind.
  private mutating func quoted() throws -> UInt8? {
    let start = line
    while let byte = try byte() {
      if byte == 0x22 {
        let next = try self.byte()
        guard next == 0x22 else {
          if next == 0x3B, delimiter == 0x2C { throw semicolons }
          guard next == nil || next == delimiter || next == 0x0A || next == 0x0D else {
            throw RowFileError(
              path: path,
              line: line,
              message: "text behind a closing quotation mark"
            )
          }
          return next
        }
      } else if byte == 0x0A {
        line += 1
      }
      field.append(byte)
      try input.take(upTo: 0x22, 0x0A, 0x22, into: &field)
    }
    throw RowFileError(path: path, line: start, message: "a quotation mark is not closed")
  }

  private var semicolons: RowFileError {
    RowFileError(
      path: path,
      line: line,
      message: "semicolons separate the fields\n  → --delimiter ';'"
    )
  }

  private func text() throws -> String {
    do {
      return String(copying: try UTF8Span(validating: field.span))
    } catch {
      throw RowFileError(
        path: path,
        line: line,
        message:
          "the text is not UTF-8\n  → iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW, or what else it is written in"
      )
    }
  }
}

// SAFETY: whoever reads it is the only one that has it; the file is read from one place.
extension CSVReader: @unchecked Sendable {}
