internal import Hashing

/// A value of a column, as a database keeps it.
package enum RowValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case bytes([UInt8])
}

/// Why a value cannot be written.
package struct RowProblem: Error, Equatable, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }

  /// A value between quotation marks, of a long one the beginning.
  package static func quoted(_ text: String) -> String {
    let shown = shown(text)
    return shown.utf8.count == text.utf8.count
      ? "“\(text)”" : "“\(text.prefix(shownMax))…” (\(text.count) characters)"
  }

  /// A value, of a long one the beginning.
  package static func shown(_ text: String) -> String {
    guard text.utf8.count > shownMax, text.count > shownMax else { return text }
    return "\(text.prefix(shownMax))… (\(text.count) characters)"
  }

  private static let shownMax = 60
}

extension Column {
  /// A value as text that can be written again.
  package func text(of value: RowValue) -> String {
    switch value {
    case .null: return ""
    case .integer(let value):
      return type == .boolean ? (value == 0 ? "false" : "true") : String(value)
    case .real(let value): return value.description
    case .text(let text):
      switch type {
      case .choices: return text.split(separator: ",").joined(separator: ";")
      case .dateTime(let behavior): return behavior.shown(text)
      default: return text
      }
    case .bytes(let bytes): return Base64.encode(bytes)
    }
  }
}

extension GUID {
  /// The canonical spelling; what is spelled so already is taken as it is.
  static func canonical(_ text: String) -> String? {
    let isCanonical =
      text.utf8.count == 36
      && text.utf8.enumerated().allSatisfy { place, byte in
        place == 8 || place == 13 || place == 18 || place == 23
          ? byte == 0x2D : (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
      }
    return isCanonical ? text : GUID(text)?.description
  }
}
