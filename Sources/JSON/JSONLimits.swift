/// What a document may hold at most; every number is inclusive.
package struct JSONLimits: Equatable, Sendable {
  /// Of the document as it stands; four times as much of it is kept at most.
  package var bytes: Int
  /// Objects, arrays, texts (names of members among them), numbers, true, false and null.
  package var values: Int
  /// Objects and arrays around a value.
  package var depth: Int

  package init(bytes: Int, values: Int, depth: Int) {
    // Places are kept in 32 bits.
    self.bytes = min(bytes, 1 << 30)
    self.values = values
    self.depth = depth
  }

  /// Ten times the largest of real packages and more; the deepest of them has 24 levels.
  package static let standard = JSONLimits(bytes: 32 << 20, values: 4_000_000, depth: 64)
}
