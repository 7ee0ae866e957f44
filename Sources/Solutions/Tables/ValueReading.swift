internal import Hashing

/// One reader for each type of column, whoever reads: row files, questions, mappings and keys.
extension Column {
  /// What a text stands for in this column, where it is to be written; empty is no value.
  ///
  /// Lookups are ids here; whoever resolves keys does it before.
  package func value(of text: String) throws(RowProblem) -> RowValue {
    if text.isEmpty { return .null }
    if isComputed { throw RowProblem("\(name) is calculated by the platform and not written") }
    return try read(text, isWritten: true)
  }

  /// What a text means in this column, whether or not the column would take it: what is there may be from before its
  /// bounds and options of now.
  package func meaning(of text: String) throws(RowProblem) -> RowValue {
    text.isEmpty ? .null : try read(text, isWritten: false)
  }

  private func read(_ text: String, isWritten: Bool) throws(RowProblem) -> RowValue {
    switch type {
    case .text(let lengthMax): return try self.text(text, lengthMax: isWritten ? lengthMax : nil)
    case .primaryKey, .uniqueIdentifier, .lookup:
      guard let guid = GUID.canonical(text) else {
        throw RowProblem("\(RowProblem.quoted(text)) is no id")
      }
      return .text(guid)
    case .integer(let min, let max):
      let value = try integer(text)
      guard isWritten else { return .integer(value) }
      if let min, value < min { throw RowProblem("\(value) is below \(min)") }
      if let max, value > max { throw RowProblem("\(value) is above \(max)") }
      return .integer(value)
    case .bigInteger: return .integer(try integer(text))
    case .decimal(let places, let min, let max):
      let value = try decimal(text)
      if isWritten { try requireWithin(value, places, min, max) }
      return .text(value.description)
    case .float(let min, let max):
      let value = try float(text)
      guard isWritten else { return .real(value) }
      if let min, value < min { throw RowProblem("\(value) is below \(min)") }
      if let max, value > max { throw RowProblem("\(value) is above \(max)") }
      return .real(value)
    case .boolean: return .integer(try boolean(text))
    case .choice(let values): return .integer(try option(text, values, isWritten: isWritten))
    case .choices(let values): return try options(text, values, isWritten: isWritten)
    case .dateTime(let behavior): return try date(text, behavior, isWritten: isWritten)
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

  // MARK: Numbers

  /// Digits, or what is none the less whole: `1E3`, `1.0`.
  private func integer(_ text: String) throws(RowProblem) -> Int64 {
    if let value = Int64(text) { return value }
    guard let number = DecimalText(text), number.places == 0,
      let value = Int64(number.description)
    else { throw RowProblem("\(RowProblem.quoted(text)) is no whole number") }
    return value
  }

  private func decimal(_ text: String) throws(RowProblem) -> DecimalText {
    guard let value = DecimalText(text) else {
      throw RowProblem("\(RowProblem.quoted(text)) is no number")
    }
    return value
  }

  private func requireWithin(
    _ value: DecimalText,
    _ places: Int,
    _ min: String?,
    _ max: String?
  ) throws(RowProblem) {
    func shown() -> String { RowProblem.shown(value.description) }
    if value.places > places {
      throw RowProblem("\(shown()) has more than \(places) places after the point")
    }
    if let min = min.flatMap({ DecimalText($0) }), value < min {
      throw RowProblem("\(shown()) is below \(min)")
    }
    if let max = max.flatMap({ DecimalText($0) }), max < value {
      throw RowProblem("\(shown()) is above \(max)")
    }
  }

  /// In decimal digits, so neither hexadecimal nor a word; a negative zero is zero.
  private func float(_ text: String) throws(RowProblem) -> Double {
    let isDecimal = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E
        || byte | 0x20 == 0x65
    }
    guard isDecimal, let value = Double(text), value.isFinite else {
      throw RowProblem("\(RowProblem.quoted(text)) is no number")
    }
    return value == 0 ? 0 : value
  }

  // MARK: Choices

  private func boolean(_ text: String) throws(RowProblem) -> Int64 {
    switch text.lowercased() {
    case "1", "true", "yes": return 1
    case "0", "false", "no": return 0
    case let word:
      guard let value = labels[word] else {
        throw RowProblem("\(RowProblem.quoted(text)) is neither yes nor no")
      }
      return Int64(value)
    }
  }

  /// A number, or a label, which may be made of digits, too: numbers of options come first.
  private func option(
    _ text: String,
    _ values: [Int]?,
    isWritten: Bool
  ) throws(RowProblem) -> Int64 {
    let number = Int(text)
    if let number, values?.contains(number) ?? labels.isEmpty { return Int64(number) }
    guard let value = labels[text.lowercased()] ?? number else {
      throw RowProblem("\(RowProblem.quoted(text)) is no option of \(name)")
    }
    if isWritten, let values, !values.contains(value) {
      throw RowProblem("\(value) is no option of \(name)")
    }
    return Int64(value)
  }

  /// `1;2` or labels; kept sorted between commas, so that each can be found.
  ///
  /// A label with a semicolon in it stands alone, or between quotation marks: `"A;B";C`.
  private func options(
    _ text: String,
    _ values: [Int]?,
    isWritten: Bool
  ) throws(RowProblem) -> RowValue {
    // Labels may hold commas; numbers are separated by either.
    let isNumbers = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || $0 == 0x20 || $0 == 0x2C || $0 == 0x2D || $0 == 0x3B
    }
    let parts = Self.parts(text) { $0 == ";" || isNumbers && $0 == "," }
    let isKnown = parts.allSatisfy { part in
      Int(part).map { values?.contains($0) ?? true } ?? false
    }
    var found: Set<Int64> = []
    if !isKnown, let whole = labels[text.lowercased()] {
      found = [Int64(whole)]
    } else {
      for part in parts { found.insert(try option(part, values, isWritten: isWritten)) }
    }
    guard !found.isEmpty else { return .null }
    return .text(",\(found.sorted().map(String.init).joined(separator: ",")),")
  }

  /// Without blanks around them; within quotation marks nothing separates, and two of them are one.
  private static func parts(_ text: String, separates: (Character) -> Bool) -> [String] {
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    var rest = text[...]
    func isBlank(_ text: String) -> Bool { text.allSatisfy { $0 == " " } }
    while let next = rest.popFirst() {
      if next == "\"", isQuoted || isBlank(part) {
        if isQuoted, rest.first == "\"" {
          part.append("\"")
          rest.removeFirst()
        } else {
          isQuoted.toggle()
          if isQuoted { part = "" }
        }
      } else if separates(next), !isQuoted {
        parts.append(part)
        part = ""
      } else {
        part.append(next)
      }
    }
    return (parts + [part]).map { part in
      var part = part.drop { $0 == " " }
      while part.last == " " { part.removeLast() }
      return String(part)
    }.filter { !$0.isEmpty }
  }

  // MARK: Dates

  private func date(
    _ text: String,
    _ behavior: ColumnType.DateBehavior,
    isWritten: Bool
  ) throws(RowProblem) -> RowValue {
    guard let date = DateText(text), let spelled = date.spelled(behavior) else {
      throw RowProblem(
        "\(RowProblem.quoted(text)) is no date; write 2026-01-31 or 2026-01-31T09:30:00Z"
      )
    }
    if isWritten, spelled < DateText.firstDay {
      throw RowProblem("\(text) is before \(DateText.firstDay), the first day that is kept")
    }
    return .text(spelled)
  }
}

extension DateText {
  /// Of columns on the platform (`DateTimeAttributeMetadata.MinSupportedValue`).
  static let firstDay = "1753-01-01"
}
