/// What tables, columns and keys may be called, whichever database keeps them (PF-420).
package enum LogicalName {
  /// Bytes, which are letters then.
  package static let lengthMax = 128

  static func isValid(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= lengthMax
      && name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
      }
  }
}
