internal import Solutions

/// The bytes of a file, one after the other, some at a time in memory.
package final class ByteInput {
  private let source: (UnsafeMutableRawBufferPointer) throws -> Int
  private let path: String
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var position = 0
  private var count = 0
  /// What is left of a character that was read as UTF-16; nil where the file is UTF-8.
  private var wide: WideInput?
  /// Whether it begins as a zip archive does.
  package private(set) var isArchive = false

  /// - Parameters:
  ///   - path: as errors name it.
  ///   - source: fills memory with what comes next, 0 at its end.
  /// - Throws: `Failure` where it cannot be read.
  package init(
    path: String,
    _ source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws {
    (self.path, self.source) = (path, source)
    try skipMark()
  }

  /// - Throws: `Failure` where it cannot be read, or is no text.
  @inline(__always)
  package func next() throws -> UInt8? {
    wide == nil ? try nextByte() : try nextOfWide()
  }

  @inline(__always)
  private func nextByte() throws -> UInt8? {
    if position == count {
      guard try fill() else { return nil }
    }
    defer { position += 1 }
    return buffer[position]
  }

  /// Takes what comes before the next of three bytes, which stays; all that is left where none comes.
  ///
  /// Nothing of a text in UTF-16, whose bytes come one by one.
  ///
  /// - Throws: as `next`.
  func take(upTo one: UInt8, _ two: UInt8, _ three: UInt8, into text: inout [UInt8]) throws {
    while wide == nil {
      if position == count {
        guard try fill() else { return }
      }
      let (start, end) = (position, count)
      let stop = buffer.withUnsafeBufferPointer { bytes in
        var place = start
        while place < end {
          let byte = bytes[place]
          if byte == one || byte == two || byte == three { break }
          place += 1
        }
        text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<place]))
        return place
      }
      position = stop
      if stop < end { return }
    }
  }

  /// A byte of the same text in UTF-8.
  private func nextOfWide() throws -> UInt8? {
    while true {
      if let byte = wide?.bytes.popFirst() { return byte }
      guard let unit = try nextUnit() else { return nil }
      var units = [unit]
      if UTF16.isLeadSurrogate(unit), let second = try nextUnit() { units.append(second) }
      guard let text = String(validating: units, as: UTF16.self) else {
        throw Failure(.unreadable, "cannot read \(path): the text is not UTF-16")
      }
      wide?.bytes = Array(text.utf8)[...]
    }
  }

  private func nextUnit() throws -> UInt16? {
    guard let first = try nextByte() else { return nil }
    guard let second = try nextByte() else {
      throw Failure(.unreadable, "cannot read \(path): the text is not UTF-16")
    }
    return wide?.isLittle == true
      ? UInt16(second) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(second)
  }

  private struct WideInput {
    let isLittle: Bool
    var bytes: ArraySlice<UInt8> = []
  }

  /// A byte order mark is not part of the text; spreadsheets write UTF-16 with one.
  private func skipMark() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    while count < mark.count {
      let got = try read(behind: count)
      if got == 0 { break }
      count += got
    }
    let start = Array(buffer[..<count].prefix(mark.count))
    isArchive = start == [0x50, 0x4B, 0x03]
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      wide = WideInput(isLittle: start[0] == 0xFF)
      position = 2
    }
    if buffer[..<count].starts(with: mark) { position = mark.count }
  }

  private func fill() throws -> Bool {
    (position, count) = (0, try read(behind: 0))
    return count > 0
  }

  private func read(behind start: Int) throws -> Int {
    try buffer.withUnsafeMutableBytes { bytes in
      try source(UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
    }
  }
}
