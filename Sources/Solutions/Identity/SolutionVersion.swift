/// A solution version; parts compare as numbers, missing parts count as 0 (LC-202, LC-203).
package struct SolutionVersion: Sendable {
  /// As written: leading zeros and missing parts are kept (LC-204).
  package let text: String
  /// Major, minor, build, revision.
  let parts: [UInt32]

  /// Two to four numbers with dots between; nil is LC-205.
  package init?(_ text: String) {
    let fields = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (2...4).contains(fields.count) else { return nil }
    var parts: [UInt32] = []
    for field in fields {
      guard !field.isEmpty, field.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int32(field)
      else { return nil }
      parts.append(UInt32(number))
    }
    self.text = text
    self.parts = parts + Array(repeating: 0, count: 4 - parts.count)
  }

  init(text: String, parts: [UInt32]) {
    self.text = text
    self.parts = parts
  }

  /// Of a solution that begins.
  package static let first = SolutionVersion(text: "1.0.0.0", parts: [1, 0, 0, 0])

  /// Of what has no version, as unmanaged work has none.
  static let none = SolutionVersion(text: "0.0", parts: [0, 0, 0, 0])

  package var major: UInt32 { parts[0] }
  package var minor: UInt32 { parts[1] }

  /// Whether a patch of this version fits on the other (LC-214, LC-215).
  package func hasSameMajorMinor(as other: SolutionVersion) -> Bool {
    major == other.major && minor == other.minor
  }
}

extension SolutionVersion: Comparable, Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.parts == right.parts }
  package static func < (left: Self, right: Self) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
  package func hash(into hasher: inout Hasher) { hasher.combine(parts) }
}

extension SolutionVersion: CustomStringConvertible {
  package var description: String { text }
}
