import Contract
import FoundationEssentials
import Solutions

/// One JSON object a line; all have the fields of the first.
struct JSONLinesReader: RowSource {
  private(set) var header: [String] = []
  private let input: ByteInput
  private let path: String
  private var line: Int
  private var first: [String: JSONScalar]?

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
      guard let value = next[name] else { throw failure("the field \(name) is missing") }
      fields[position] = value.text
    }
    return line
  }

  private mutating func object() throws -> [String: JSONScalar]? {
    var bytes: [UInt8] = []
    while bytes.isEmpty {
      line += 1
      var isEnd = true
      while let byte = try input.next() {
        isEnd = false
        if byte == 0x0A { break }
        if byte != 0x0D { bytes.append(byte) }
      }
      if isEnd { return nil }
    }
    do {
      return try ShapeCoder.decode([String: JSONScalar].self, bytes)
    } catch {
      throw failure("not a JSON object of texts, numbers, true, false and null")
    }
  }

  private func failure(_ message: String) -> RowFileError {
    RowFileError(path: path, line: line, message: message)
  }
}

// SAFETY: whoever reads it is the only one that has it; the file is read from one place.
extension JSONLinesReader: @unchecked Sendable {}
