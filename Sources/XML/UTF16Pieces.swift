/// UTF-16 that comes in pieces, wherever they are cut.
struct UTF16Pieces {
  private let isLittle: Bool
  private var half: UInt8?
  private var high: UInt16?

  init(isLittle: Bool) { self.isLittle = isLittle }

  mutating func transcoded(_ piece: ArraySlice<UInt8>) throws(XMLError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(piece.count * 3 / 2)
    for byte in piece {
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      let unit = isLittle ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte)
      try take(unit, &bytes)
    }
    return bytes
  }

  private mutating func take(_ unit: UInt16, _ bytes: inout [UInt8]) throws(XMLError) {
    var value = UInt32(unit)
    if let high {
      guard UTF16.isTrailSurrogate(unit) else { throw Self.broken }
      value = 0x10000 + (UInt32(high) & 0x3FF) << 10 + UInt32(unit) & 0x3FF
      self.high = nil
    } else if UTF16.isLeadSurrogate(unit) {
      high = unit
      return
    }
    guard let scalar = Unicode.Scalar(value) else { throw Self.broken }
    bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
  }

  func end() throws(XMLError) {
    guard half == nil else {
      throw XMLError(reason: .encoding, line: 1, message: "UTF-16 with an odd number of bytes")
    }
    guard high == nil else { throw Self.broken }
  }

  private static let broken = XMLError(
    reason: .encoding,
    line: 1,
    message: "not valid UTF-16"
  )
}
