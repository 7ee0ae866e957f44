internal import SQL

/// Values as the library takes them: numbers and texts in words, which the server reads as what it needs; bytes as they are.
struct Parameters {
  private(set) var types: [UInt32] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []
  /// Where each begins among the bytes; nil for no value.
  private var starts: [Int?] = []
  private var bytes: [UInt8] = []

  init(_ values: [SQLValue]) throws(SQLError) {
    for value in values { try add(value) }
  }

  private mutating func add(_ value: SQLValue) throws(SQLError) {
    switch value {
    case .null:
      starts.append(nil)
      note(Wire.TypeID.none, 0, 0)
    case .integer(let number): add(String(number).utf8, Wire.TypeID.int8)
    case .real(let number): add("\(number)".utf8, Wire.TypeID.float8)
    case .text(let text):
      try value.requireStorable()
      add(text.utf8, Wire.TypeID.none)
    case .blob(let blob):
      starts.append(bytes.count)
      bytes += blob
      note(Wire.TypeID.bytes, Int32(clamping: blob.count), 1)
    }
  }

  private mutating func add(_ text: some Collection<UInt8>, _ type: UInt32) {
    starts.append(bytes.count)
    bytes.append(contentsOf: text)
    bytes.append(0)
    note(type, 0, 0)
  }

  private mutating func note(_ type: UInt32, _ length: Int32, _ format: Int32) {
    types.append(type)
    lengths.append(length)
    formats.append(format)
  }

  func withPointers<Value>(
    _ body: ([UInt32], [UnsafePointer<CChar>?], [Int32], [Int32]) -> Value
  ) -> Value {
    // Bytes at the end, so that an empty value has a place, too.
    (bytes + [0]).withUnsafeBytes { buffer in
      let pointers = starts.map { start -> UnsafePointer<CChar>? in
        guard let start, let base = buffer.baseAddress else { return nil }
        return (base + start).assumingMemoryBound(to: CChar.self)
      }
      return body(types, pointers, lengths, formats)
    }
  }
}

extension Wire.TypeID {
  /// What the server finds out by itself.
  static let none: UInt32 = 0
}
