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
}

extension Column {
  /// What a text stands for in this column; empty is no value.
  ///
  /// Lookups are ids here; whoever resolves keys does it before.
  package func value(of text: String) throws(RowProblem) -> RowValue {
    if text.isEmpty { return .null }
    if isComputed { throw RowProblem("\(name) is calculated by the platform and not written") }
    switch type {
    case .text(let lengthMax): return try self.text(text, lengthMax: lengthMax)
    case .primaryKey, .uniqueIdentifier, .lookup:
      guard let guid = GUID.canonical(text) else { throw RowProblem("“\(text)” is no id") }
      return .text(guid)
    case .integer(let min, let max):
      let value = try integer(text)
      if let min, value < min { throw RowProblem("\(value) is below \(min)") }
      if let max, value > max { throw RowProblem("\(value) is above \(max)") }
      return .integer(value)
    case .bigInteger: return .integer(try integer(text))
    case .decimal(let places, let min, let max):
      return try decimal(text, places: places, min: min, max: max)
    case .float(let min, let max):
      guard let value = Double(text), value.isFinite else {
        throw RowProblem("“\(text)” is no number")
      }
      if let min, value < min { throw RowProblem("\(text) is below \(min)") }
      if let max, value > max { throw RowProblem("\(text) is above \(max)") }
      return .real(value)
    case .boolean: return .integer(try boolean(text))
    case .choice(let values): return .integer(try option(text, among: values))
    case .choices(let values): return .text(try options(text, among: values))
    case .dateTime(let behavior):
      guard let moment = DateText(text)?.spelled(behavior) else {
        throw RowProblem("“\(text)” is no date; write 2026-01-31 or 2026-01-31T09:30:00Z")
      }
      return .text(moment)
    case .file, .image:
      guard let bytes = Base64.decode(text) else { throw RowProblem("the content is not base64") }
      return .bytes(bytes)
    case .other(let name): throw RowProblem("columns of the type \(name) are not kept")
    }
  }

  private func text(_ text: String, lengthMax: Int?) throws(RowProblem) -> RowValue {
    if text.utf8.contains(0) { throw RowProblem("the text holds a NUL") }
    // The bytes are at least as many as the units, mostly as many.
    if let lengthMax, text.utf8.count > lengthMax, text.utf16.count > lengthMax {
      throw RowProblem(
        "the text is \(text.utf16.count) characters long, and \(lengthMax) are allowed"
      )
    }
    return .text(text)
  }

  private func integer(_ text: String) throws(RowProblem) -> Int64 {
    // 1.0 and 1e2 are whole numbers that other programs write.
    guard let value = Int64(text) ?? DecimalText(text).flatMap({ Int64($0.description) }) else {
      throw RowProblem("“\(text)” is no whole number")
    }
    return value
  }

  private func decimal(
    _ text: String,
    places: Int,
    min: String?,
    max: String?
  ) throws(RowProblem) -> RowValue {
    guard let value = DecimalText(text) else { throw RowProblem("“\(text)” is no number") }
    if value.places > places {
      throw RowProblem("\(text) has more than \(places) places after the point")
    }
    if let min = min.flatMap({ DecimalText($0) }), value < min {
      throw RowProblem("\(text) is below \(min)")
    }
    if let max = max.flatMap({ DecimalText($0) }), max < value {
      throw RowProblem("\(text) is above \(max)")
    }
    return .text(value.description)
  }

  private func boolean(_ text: String) throws(RowProblem) -> Int64 {
    switch text.lowercased() {
    case "1", "true", "yes": return 1
    case "0", "false", "no": return 0
    case let word:
      guard let value = labels[word] else { throw RowProblem("“\(text)” is neither yes nor no") }
      return Int64(value)
    }
  }

  private func option(_ text: String, among values: [Int]?) throws(RowProblem) -> Int64 {
    guard let value = Int(text) ?? labels[text.lowercased()] else {
      throw RowProblem("“\(text)” is no option of \(name)")
    }
    if let values, !values.contains(value) { throw RowProblem("\(value) is no option of \(name)") }
    return Int64(value)
  }

  /// `1;2` or labels; kept sorted between commas, so that each can be found.
  private func options(_ text: String, among values: [Int]?) throws(RowProblem) -> String {
    var found: Set<Int64> = []
    // Labels may hold commas; numbers are separated by either.
    let isNumbers = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || $0 == 0x20 || $0 == 0x2C || $0 == 0x2D || $0 == 0x3B
    }
    for part in text.split(whereSeparator: { $0 == ";" || isNumbers && $0 == "," }) {
      let word = part.drop { $0 == " " }
      found.insert(try option(String(word), among: values))
    }
    return ",\(found.sorted().map(String.init).joined(separator: ",")),"
  }
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
      guard case .choices = type else { return text }
      return text.split(separator: ",").joined(separator: ";")
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
