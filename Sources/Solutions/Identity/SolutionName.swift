/// A solution's unique name; compared without regard to case (PF-203).
package struct SolutionName: Sendable {
  /// As written.
  package let text: String
  private let key: String

  /// At most 65 characters, the first a letter or `_`, the rest letters, digits or `_`; nil is `0x8004F002`.
  package init?(_ text: String) {
    guard (1...65).contains(text.utf8.count), let first = text.utf8.first,
      !(0x30...0x39).contains(first),
      text.utf8.allSatisfy({ Self.isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
    else { return nil }
    self.init(trusted: text)
  }

  private init(trusted text: String) {
    self.text = text
    key = text.lowercased()
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// The bottom layer of what the platform delivers.
  package static let system = SolutionName(trusted: "System")
  /// The one unmanaged layer of an environment (LY-103).
  package static let active = SolutionName(trusted: "Active")
  /// Which lists every component of an environment, without a row.
  package static let `default` = SolutionName(trusted: "Default")
  /// Whose the drafts are that lie beside the stacks (LC-331); no solution can have this name.
  package static let draft = SolutionName(trusted: "(draft)")

  /// Names of built-in solutions (LC-132).
  package var isReserved: Bool { ["system", "active", "default", "basic"].contains(key) }

  private static let holdingSuffix = "_Upgrade"

  /// The name of a pending upgrade of this solution.
  package var holding: SolutionName { SolutionName(trusted: text + Self.holdingSuffix) }

  /// Of the package that the unmanaged layers over this solution are exported as.
  package var ofActiveLayer: SolutionName {
    let suffix = "_ActiveLayer"
    return SolutionName(trusted: text.prefix(65 - suffix.count) + suffix)
  }

  package var isHolding: Bool { key.hasSuffix(Self.holdingSuffix.lowercased()) }

  /// Whether an author may choose it: the platform keeps `_Upgrade` and the names of patches for itself (LC-131).
  package var isForAuthors: Bool {
    !isReserved && !key.contains(Self.holdingSuffix.lowercased()) && patchParent == nil
  }

  /// `<parent>_Patch_<8 hexadecimal digits>` names its parent (LC-123).
  package var patchParent: SolutionName? {
    let utf8 = Array(text.utf8)
    let marker = Array("_patch_".utf8)
    guard utf8.count > marker.count + 8 else { return nil }
    let digits = utf8.suffix(8)
    let middle = key.utf8.dropLast(8).suffix(marker.count)
    guard middle.elementsEqual(marker),
      digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
    else { return nil }
    return SolutionName(String(decoding: utf8.dropLast(marker.count + 8), as: UTF8.self))
  }
}

extension SolutionName: Hashable, Comparable {
  package static func == (left: Self, right: Self) -> Bool { left.key == right.key }
  package static func < (left: Self, right: Self) -> Bool { left.key < right.key }
  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension SolutionName: CustomStringConvertible {
  package var description: String { text }
}
