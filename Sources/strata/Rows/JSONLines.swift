import FoundationEssentials
import SolutionStore
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
      return try DocumentCoder.decode([String: JSONScalar].self, bytes)
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

/// A value of a row in JSON.
enum JSONScalar: Codable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case decimal(Decimal)
  case real(Double)
  case text(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = Self.decoded(Bool.self, container) {
      self = .bool(value)
      // Every number: the decoder takes digits behind the point for rounding when it is asked for whole ones.
    } else if let value = Self.decoded(Decimal.self, container) {
      self = .decimal(value)
    } else if let value = Self.decoded(Double.self, container) {
      self = .real(value)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// nil when the value is of another type: trying is how one learns it.
  private static func decoded<Value: Decodable>(
    _ type: Value.Type,
    _ container: any SingleValueDecodingContainer
  ) -> Value? {
    do { return try container.decode(type) } catch { return nil }
  }

  /// As a row has it.
  init(_ value: RowValue, of column: Column) {
    switch value {
    case .null: self = .null
    case .integer(let value): self = column.type == .boolean ? .bool(value != 0) : .integer(value)
    case .real(let value): self = .real(value)
    case .text(let text):
      if case .decimal = column.type, let number = Decimal(string: text) {
        self = .decimal(number)
      } else {
        self = .text(column.text(of: value))
      }
    case .bytes: self = .text(column.text(of: value))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .decimal(let value): try container.encode(value)
    case .real(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    }
  }

  /// As a field of a row.
  var text: String {
    switch self {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .decimal(let value): value.description
    case .real(let value): value.description
    case .text(let value): value
    }
  }
}
