/// Ids of new rows, each greater than the one before (version 7 of RFC 9562).
///
/// Rows that are made one after the other so lie beside each other in every index; half of an id is random all the same, and
/// nobody guesses it.
package struct GUIDSequence: Sendable {
  /// Milliseconds and a count of those within one, 60 bits of which are used.
  private var last: UInt64 = 0

  package init() {}

  /// - Parameters:
  ///   - moment: what the clock says; one that goes back, or stands, is counted on from.
  ///   - random: 62 bits of it are used.
  package mutating func next(at moment: Timestamp, random: UInt64) -> GUID {
    let now = (UInt64(clamping: moment.milliseconds) & 0xFFFF_FFFF_FFFF) << 12
    last = max(now, last &+ 1)
    return GUID(ordered: last, random: random)
  }
}

extension GUID {
  /// - Parameter order: 60 bits, the upper 48 of them milliseconds.
  fileprivate init(ordered order: UInt64, random: UInt64) {
    self.init(
      high: (order >> 12) << 16 | 0x7000 | order & 0xFFF,
      low: random & ~(0xC000 << 48) | 0x8000 << 48
    )
  }
}
