internal import XML

/// Why what is kept in a column is none of its values.
package enum ValueFault: Int, Comparable, Sendable {
  /// A number where a text belongs, a word in a number.
  case kind
  /// An id, a day, a decimal that is not spelled as it is kept.
  case spelling
  case option
  case length
  case range
  /// The system requires a value, and there is none.
  case missing
  /// Written by an operation that is yet to come.
  case future
  /// A status of another state.
  case state

  package static func < (left: ValueFault, right: ValueFault) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension Column {
  /// What is wrong with a value as a database keeps it; nil where the column could have been given it.
  ///
  /// Of the content of a file it is enough to know the beginning.
  package func fault(of value: RowValue) -> ValueFault? {
    guard value != .null else { return isSystemRequired || type == .primaryKey ? .missing : nil }
    switch (type, value) {
    case (.primaryKey, .text(let text)), (.uniqueIdentifier, .text(let text)),
      (.lookup, .text(let text)):
      return GUID.canonical(text) == text ? nil : .spelling
    case (.text(let lengthMax), .text(let text)):
      guard let lengthMax, text.utf8.count > lengthMax else { return nil }
      return text.utf16.count > lengthMax ? .length : nil
    case (.integer(let min, let max), .integer(let number)):
      return number < min ?? .min || number > max ?? .max ? .range : nil
    case (.bigInteger, .integer): return nil
    case (.decimal(let places, let min, let max), .text(let text)):
      return fault(ofDecimal: text, places, min, max)
    case (.float(let min, let max), .real(let number)):
      return number < min ?? -.infinity || number > max ?? .infinity ? .range : nil
    case (.boolean, .integer(let number)): return (0...1).contains(number) ? nil : .option
    case (.choice(let values), .integer(let number)):
      return values?.contains(Int(number)) ?? true ? nil : .option
    case (.choices(let values), .text(let text)): return fault(ofChoices: text, values)
    case (.dateTime(let behavior), .text(let text)):
      return DateText(text)?.spelled(behavior) == text ? nil : .spelling
    case (.file, .bytes), (.image, .bytes): return nil
    case (.other, _): return nil
    default: return .kind
    }
  }

  private func fault(
    ofDecimal text: String,
    _ places: Int,
    _ min: String?,
    _ max: String?
  ) -> ValueFault? {
    guard let number = DecimalText(text), number.description == text else { return .spelling }
    if number.places > places { return .range }
    if let min = min.flatMap({ DecimalText($0) }), number < min { return .range }
    if let max = max.flatMap({ DecimalText($0) }), max < number { return .range }
    return nil
  }

  private func fault(ofChoices text: String, _ values: [Int]?) -> ValueFault? {
    let numbers = text.split(separator: ",").map { Int($0) }
    let known = numbers.compactMap { $0 }
    guard !known.isEmpty, known.count == numbers.count,
      text == ",\(Set(known).sorted().map(String.init).joined(separator: ",")),"
    else { return .spelling }
    guard let values else { return nil }
    return known.allSatisfy { values.contains($0) } ? nil : .option
  }
}

extension Column {
  /// What it was by each of the definitions that it ever had: an upgrade leaves what was written under one of them.
  ///
  /// - Parameters:
  ///   - definitions: of the column, in any order.
  ///   - choices: what each global choice ever said.
  package func former(
    _ definitions: [Definition],
    choices: [ComponentID: [Definition]]
  ) -> [Column] {
    let lists = definitions.map { definition -> [Definition] in
      definition.globalChoice.map { choices[$0] ?? [] } ?? [definition]
    }
    let all = lists.flatMap { $0 }.flatMap { Choices.list(of: $0).map { Array($0.children) } ?? [] }
    return zip(definitions, lists).flatMap { definition, list in
      // Layers unite their options, so each by itself says too little of what was in effect.
      (list.map { Choices.list(of: $0).map { Array($0.children) } } + [all.isEmpty ? nil : all])
        .map {
          Column(name, definition: definition, displayName: nil, options: $0, targets: [])
        }
    }.filter { $0.type.isKept(like: type) }
  }
}

extension ColumnType {
  /// Whether a column can have turned from one into the other with its values in it.
  fileprivate func isKept(like other: ColumnType) -> Bool {
    switch (self, other) {
    case (.dateTime, .dateTime): true
    default: other.reads(self)
    }
  }
}
