/// Who makes solutions; owns the components whose base layer its solutions bring (LC-105).
package struct Publisher: Equatable, Sendable {
  package let name: PublisherName
  package let displayName: String
  /// In front of every schema name it creates, without the underscore.
  package let prefix: String
  /// 10000 to 99999; nil where the package says none.
  package let optionValuePrefix: Int?

  package init(name: PublisherName, displayName: String, prefix: String, optionValuePrefix: Int?) {
    self.name = name
    self.displayName = displayName
    self.prefix = prefix
    self.optionValuePrefix = optionValuePrefix
  }

  /// LC-101: 2 to 8 letters and digits, a letter first, and not the platform's own.
  package static func isValid(prefix: String) -> Bool {
    let letters: ClosedRange<UInt8> = 0x61...0x7A
    return (2...8).contains(prefix.utf8.count) && letters.contains(prefix.utf8.first ?? 0)
      && prefix.utf8.allSatisfy { letters.contains($0) || (0x30...0x39).contains($0) }
      && !prefix.hasPrefix("mscrm")
  }
}

/// A publisher's unique name; publishers are compared by it, without regard to case (LC-106).
package struct PublisherName: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (left: Self, right: Self) -> Bool {
    left.text.lowercased() == right.text.lowercased()
  }
  package static func < (left: Self, right: Self) -> Bool {
    left.text.lowercased() < right.text.lowercased()
  }
  package func hash(into hasher: inout Hasher) { hasher.combine(text.lowercased()) }

  package var description: String { text }

  package static let system = PublisherName("MicrosoftCorporation")
  /// Whose name unmanaged work bears that belongs to no solution (LC-104).
  package static let `default` = PublisherName("DefaultPublisher")
}
