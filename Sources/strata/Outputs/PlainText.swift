/// Lines for people.
///
/// Build agents read the output of a step and obey what begins `##vso[`, `##[` (Azure, anywhere in a line) or `::`
/// (GitHub, behind blanks); terminals obey control characters.
enum PlainText {
  /// The line with a blank put into what an agent would obey, and without control characters but tabs and the colors of
  /// `TextStyle`.
  static func line(_ text: some StringProtocol) -> String {
    if isHarmless(text) { return String(text) }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    var isStart = true
    while let scalar = rest.first {
      if scalar == "\u{1B}", let color = colors.first(where: { rest.starts(with: $0) }) {
        result.append(contentsOf: color)
        rest = rest.dropFirst(color.count)
        continue
      }
      rest = rest.dropFirst()
      if scalar == "#", rest.first == "#",
        rest.dropFirst().drop(while: { $0.isASCII && $0.properties.isAlphabetic }).first == "["
      {
        result.append(contentsOf: "## ".unicodeScalars)
        rest = rest.dropFirst()
      } else if isStart, scalar == ":", rest.first == ":" {
        result.append(contentsOf: ": ".unicodeScalars)
      } else {
        result.append(isControl(scalar) ? "\u{FFFD}" : scalar)
      }
      let category = scalar.properties.generalCategory
      isStart = isStart && (scalar.properties.isWhitespace || category == .format)
    }
    return String(result)
  }

  /// What ends a line of standard output does not come here.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\t" && (scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value))
  }

  /// Most lines are, and are known to be by a look at their bytes.
  private static func isHarmless(_ text: some StringProtocol) -> Bool {
    var last: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case 0x09: break
      case 0..<0x20, 0x7F, 0xC2: return false
      case UInt8(ascii: "#") where last == byte, UInt8(ascii: ":") where last == byte: return false
      default: break
      }
      last = byte
    }
    return true
  }

  private static let colors = ([0, 1] + TextStyle.Color.allCases.map(\.rawValue)).map {
    "\u{1B}[\($0)m".unicodeScalars
  }
}
