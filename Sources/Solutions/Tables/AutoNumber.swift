/// How a column numbers rows that bring no value (PF-421): `REQ-{SEQNUM:5}-{RANDSTRING:4}-{DATETIMEUTC:yyyyMMdd}`.
package struct AutoNumber: Equatable, Sendable {
  private enum Part: Equatable {
    case text(String)
    /// The number itself, of at least so many digits.
    case number(digits: Int)
    /// Capital letters and digits.
    case letters(Int)
    /// When it was, in a format of .NET.
    case moment(String)
  }

  /// Where sequences begin: the default of the maker portal.
  package static let first = 1000

  /// More than the platform takes; beyond it a placeholder is a text.
  private static let widthMax = 100

  private var parts: [Part] = []

  /// nil where there is nothing to number by.
  package init?(_ format: String) {
    guard !format.isEmpty else { return nil }
    var rest = format[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      parts.append(Self.part(rest[open...close]))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
  }

  /// What is no placeholder is a text.
  private static func part(_ text: Substring) -> Part {
    let words = text.dropFirst().dropLast().split(separator: ":", maxSplits: 1).map(String.init)
    guard words.count == 2 else { return .text(String(text)) }
    let width = Int(words[1]).flatMap { (1...widthMax).contains($0) ? $0 : nil }
    switch (words[0].uppercased(), width) {
    case ("SEQNUM", let width?): return .number(digits: width)
    case ("RANDSTRING", let width?): return .letters(width)
    case ("DATETIMEUTC", _): return .moment(words[1])
    default: return .text(String(text))
    }
  }

  /// The first in braces that is no placeholder; nil where all are.
  static func unknown(in format: String) -> String? {
    var rest = format[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if case .text(let text) = part(rest[open...close]) { return text }
      rest = rest[rest.index(after: close)...]
    }
    return nil
  }

  /// Whether the next one differs by a number that is counted.
  package var isCounted: Bool {
    parts.contains { if case .number = $0 { true } else { false } }
  }

  /// - Parameters:
  ///   - moment: of the operation.
  ///   - newID: ids that nobody can guess, for what is random.
  package func text(_ number: Int, at moment: Timestamp, newID: () -> String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): return text
      case .number(let digits):
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
      case .letters(let count): return Self.letters(count, newID)
      case .moment(let format): return moment.text(format)
      }
    }.joined()
  }

  private static let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

  /// Six characters of each id, which has far more to choose by.
  private static func letters(_ count: Int, _ newID: () -> String) -> String {
    var text = ""
    while text.count < count {
      var seed = newID().utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01b3
      }
      for _ in 0..<min(6, count - text.count) {
        text.append(characters[Int(seed % UInt64(characters.count))])
        seed /= UInt64(characters.count)
      }
    }
    return text
  }
}
