/// Lines of a batch or of what answers it, whichever of the two ends they have; the end is no part of a line.
package struct BatchLines {
  package let bytes: [UInt8]
  /// Where the next line begins.
  package private(set) var at = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package mutating func next() -> Range<Int>? {
    guard at < bytes.count else { return nil }
    let start = at
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    at = min(end + 1, bytes.count)
    let isReturn = end > start && bytes[end - 1] == 0x0D
    return start..<(isReturn ? end - 1 : end)
  }
}
