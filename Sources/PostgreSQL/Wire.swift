internal import SQL

/// Values as they go over the wire.
enum Wire {
  /// Numbers of types that the driver knows.
  enum TypeID {
    static let bool: UInt32 = 16
    static let bytes: UInt32 = 17
    static let name: UInt32 = 19
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let oid: UInt32 = 26
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let unknown: UInt32 = 705
    static let varchar: UInt32 = 1043
    static let numeric: UInt32 = 1700
    static let void: UInt32 = 2278
  }

  /// - Parameter bytes: in the binary form of the type.
  static func value(_ bytes: UnsafeRawBufferPointer, of type: UInt32) throws(SQLError) -> SQLValue {
    switch type {
    case TypeID.int8 where bytes.count == 8: return .integer(Int64(bitPattern: word(bytes)))
    case TypeID.int4 where bytes.count == 4:
      return .integer(Int64(Int32(bitPattern: UInt32(word(bytes)))))
    case TypeID.int2 where bytes.count == 2:
      return .integer(Int64(Int16(bitPattern: UInt16(word(bytes)))))
    case TypeID.oid where bytes.count == 4: return .integer(Int64(word(bytes)))
    case TypeID.bool where bytes.count == 1: return .integer(bytes[0] == 0 ? 0 : 1)
    case TypeID.float8 where bytes.count == 8: return .real(Double(bitPattern: word(bytes)))
    case TypeID.float4 where bytes.count == 4:
      return .real(Double(Float(bitPattern: UInt32(word(bytes)))))
    case TypeID.text, TypeID.varchar, TypeID.name, TypeID.unknown:
      return .text(String(decoding: bytes, as: UTF8.self))
    case TypeID.bytes: return .blob([UInt8](bytes))
    case TypeID.numeric: return .text(decimal(bytes))
    case TypeID.void: return .null
    default:
      throw SQLError(
        .unexpectedValue,
        "the database answered with a value of the type \(type), which nobody asked for"
      )
    }
  }

  /// nil for a type that no environment has.
  static func storage(of type: UInt32) -> SQLTable.Storage? {
    switch type {
    case TypeID.int8: .integer
    case TypeID.text: .text
    case TypeID.bytes: .blob
    case TypeID.float8: .real
    case TypeID.numeric: .decimal
    default: nil
    }
  }

  private static func word(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Digits of 10,000, the first of which counts 10,000 to the weight; without zeros that say nothing.
  private static func decimal(_ bytes: UnsafeRawBufferPointer) -> String {
    func short(_ place: Int) -> Int {
      guard 2 * place + 1 < bytes.count else { return 0 }
      return Int(Int16(bitPattern: UInt16(bytes[2 * place]) << 8 | UInt16(bytes[2 * place + 1])))
    }
    let (count, weight, sign) = (short(0), short(1), UInt16(truncatingIfNeeded: short(2)))
    switch sign {
    case 0xC000: return "NaN"
    case 0xD000: return "Infinity"
    case 0xF000: return "-Infinity"
    default: break
    }
    func group(_ place: Int) -> String {
      let digits = String((0..<count).contains(place) ? short(4 + place) : 0)
      return String(repeating: "0", count: 4 - min(4, digits.utf8.count)) + digits
    }
    let whole = weight < 0 ? "" : (0...weight).map { group($0) }.joined()
    let first = weight + 1
    var fraction =
      first < count
      ? String(repeating: "0000", count: max(0, -first))
        + (max(0, first)..<count).map { group($0) }.joined() : ""
    while fraction.hasSuffix("0") { fraction.removeLast() }
    let trimmed = whole.drop { $0 == "0" }
    let text = (trimmed.isEmpty ? "0" : String(trimmed)) + (fraction.isEmpty ? "" : ".\(fraction)")
    return sign == 0x4000 && text != "0" ? "-\(text)" : text
  }

  // MARK: Copying

  /// Before the rows.
  static let copyBeginning: [UInt8] =
    Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
  /// After them.
  static let copyEnd: [UInt8] = [0xFF, 0xFF]

  /// - Returns: nil for a type that rows are not copied into.
  static func canCopy(_ type: UInt32) -> Bool {
    [TypeID.int8, TypeID.text, TypeID.bytes, TypeID.float8, TypeID.numeric].contains(type)
  }

  /// - Throws: for a value that is not of the type of its column.
  static func add(
    _ value: SQLValue,
    as type: UInt32,
    to buffer: inout [UInt8]
  ) throws(SQLError) {
    switch (value, type) {
    case (.null, _): add(UInt32.max, to: &buffer)
    case (.integer(let number), TypeID.int8):
      add(UInt32(8), to: &buffer)
      add(UInt64(bitPattern: number), to: &buffer)
    case (.real(let number), TypeID.float8):
      add(UInt32(8), to: &buffer)
      add(number.bitPattern, to: &buffer)
    case (.text(let text), TypeID.text):
      try value.requireStorable()
      add(UInt32(text.utf8.count), to: &buffer)
      buffer.append(contentsOf: text.utf8)
    case (.blob(let bytes), TypeID.bytes):
      add(UInt32(bytes.count), to: &buffer)
      buffer.append(contentsOf: bytes)
    case (.text(let text), TypeID.numeric):
      guard let number = numeric(text) else {
        throw SQLError(.unstorable, "\(value) is no value of its column")
      }
      add(UInt32(number.count), to: &buffer)
      buffer += number
    default:
      throw SQLError(.unstorable, "\(value) is no value of its column")
    }
  }

  /// A decimal as digits of 10,000; nil for what is none, or longer than the type takes.
  private static func numeric(_ text: String) -> [UInt8]? {
    let isNegative = text.hasPrefix("-")
    let parts = text.utf8.dropFirst(isNegative ? 1 : 0)
      .split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    guard let whole = parts.first, !whole.isEmpty, text.utf8.count < 1_000,
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) })
    else { return nil }
    let fraction = parts.dropFirst().first.map(Array.init) ?? []
    let zero = UInt8(ascii: "0")
    var digits = Array(repeating: zero, count: (4 - whole.count % 4) % 4) + whole + fraction
    var weight = (digits.count - fraction.count) / 4 - 1
    digits += Array(repeating: zero, count: (4 - digits.count % 4) % 4)
    var groups = stride(from: 0, to: digits.count, by: 4).map { start in
      digits[start..<start + 4].reduce(0 as UInt16) { $0 * 10 + UInt16($1 - zero) }
    }
    while groups.first == 0 {
      groups.removeFirst()
      weight -= 1
    }
    while groups.last == 0 { groups.removeLast() }
    let sign: UInt16 = isNegative && !groups.isEmpty ? 0x4000 : 0
    let head = [
      UInt16(groups.count), groups.isEmpty ? 0 : UInt16(bitPattern: Int16(weight)), sign,
      UInt16(fraction.count),
    ]
    var number: [UInt8] = []
    for word in head + groups { add(word, to: &number) }
    return number
  }

  static func add(_ number: some FixedWidthInteger, to buffer: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { buffer.append(contentsOf: $0) }
  }
}
