import Faces
import JSON
import Solutions

/// One JSON object a line; none has a field that the first has not, and one that is missing is no value.
///
/// Numbers are given as they are spelled.
struct JSONLinesReader: RowSource {
  private(set) var header: [String] = []
  private let input: ByteInput
  private let path: String
  private var line: Int
  private var first: [String: String]?

  init(_ path: String) throws {
    input = try ByteInput(path)
    self.path = path
    line = 0
    guard let object = try object() else {
      throw RowFileError(path: path, line: 1, message: "the file is empty")
    }
    header = object.keys.sorted()
    first = object
  }

  mutating func next(_ fields: inout [String]) throws -> Int? {
    let next = try first ?? object()
    first = nil
    guard let next else { return nil }
    if let unknown = next.keys.sorted().first(where: { !header.contains($0) }) {
      throw failure("the field \(unknown) is not in the first line")
    }
    for (position, name) in header.enumerated() {
      // What is not said is no value.
      fields[position] = next[name] ?? ""
    }
    return line
  }

  private mutating func object() throws -> [String: String]? {
    var bytes: [UInt8] = []
    while bytes.isEmpty {
      line += 1
      var isEnd = true
      while let byte = try input.next() {
        isEnd = false
        if byte == 0x0A { break }
        guard bytes.count < JSONLimits.standard.bytes else {
          throw failure("the line has more than \(JSONLimits.standard.bytes) bytes")
        }
        if byte != 0x0D { bytes.append(byte) }
      }
      if isEnd { return nil }
    }
    let row: JSONValue
    do {
      row = try JSONDocument(bytes).root
    } catch {
      throw failure("\(error.message)")
    }
    var fields: [String: String] = [:]
    for (name, value) in row.members {
      guard value.kind != .object, value.kind != .array else {
        throw failure("the field \(name) is neither text, number, true, false nor null")
      }
      fields[name] = value.kind == .null ? "" : value.text ?? value.lexeme
    }
    guard row.kind == .object, fields.count == row.members.count(where: { _ in true }) else {
      throw failure("not a JSON object of texts, numbers, true, false and null")
    }
    return fields
  }

  private func failure(_ message: Prose) -> RowFileError {
    RowFileError(path: path, line: line, message: message)
  }
}

// SAFETY: whoever reads it is the only one that has it; the file is read from one place.
extension JSONLinesReader: @unchecked Sendable {}
