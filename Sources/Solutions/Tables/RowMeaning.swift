internal import Collation

extension Column {
  /// Which rows have one of some values as people write them.
  ///
  /// - Parameter path: of this column.
  package func filter(
    _ path: RowQuery.ColumnPath,
    _ comparison: RowQuery.Comparison,
    _ texts: [String]
  ) throws(RowProblem) -> RowQuery.Filter {
    guard texts.count != 1 else { return try filter(path, comparison, texts[0]) }
    guard comparison == .equal || comparison == .notEqual else {
      throw RowProblem("several values go with = and !=")
    }
    var filters: [RowQuery.Filter] = []
    for text in texts { filters.append(try filter(path, .equal, text)) }
    return comparison == .equal ? .any(filters) : .not(.any(filters))
  }

  private func filter(
    _ path: RowQuery.ColumnPath,
    _ comparison: RowQuery.Comparison,
    _ text: String
  ) throws(RowProblem) -> RowQuery.Filter {
    guard !text.isEmpty else {
      return comparison == .notEqual ? .not(.isNull(path)) : .isNull(path)
    }
    let isEquality = comparison == .equal || comparison == .notEqual
    if case .choices = type, !isEquality {
      throw RowProblem("it holds several options: write = or !=")
    }
    let wanted = try meaning(of: text)
    guard case .choices = type, case .text(let list) = wanted,
      case let options = list.split(separator: ",").compactMap({ Int($0) }), options.count == 1
    else { return .compare(path, comparison, wanted) }
    let holds = RowQuery.Filter.holds(path, option: options[0])
    return comparison == .notEqual ? .not(holds) : holds
  }

  /// Which rows have a value that is like a pattern: of a choice one of its labels, in any language.
  package func filter(_ path: RowQuery.ColumnPath, like pattern: String) -> RowQuery.Filter {
    let wanted = Array(Collation.folded(pattern: pattern).unicodeScalars)
    func options() -> [Int] {
      let found = labels.filter { label, _ in
        Self.isLike(Array(Collation.folded(label).unicodeScalars)[...], wanted[...])
      }
      return Set(found.values).sorted()
    }
    switch type {
    case .choice, .boolean: return .isAmong(path, options().map { .integer(Int64($0)) })
    case .choices: return .any(options().map { .holds(path, option: $0) })
    default: return .like(path, pattern)
    }
  }

  /// `%` is anything, `_` one character, and what follows `\` itself.
  private static func isLike(
    _ text: ArraySlice<Unicode.Scalar>,
    _ pattern: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    var (text, pattern) = (text, pattern)
    // Where to go on when what follows the last `%` does not fit: it takes one more character.
    var again: (text: ArraySlice<Unicode.Scalar>, pattern: ArraySlice<Unicode.Scalar>)?
    while true {
      if let next = pattern.first, next == "%" {
        pattern = pattern.dropFirst()
        again = (text, pattern)
        continue
      }
      let isEscaped = pattern.first == "\\"
      let rest = isEscaped ? pattern.dropFirst() : pattern
      if let own = text.first, let next = rest.first, next == own || next == "_" && !isEscaped {
        (text, pattern) = (text.dropFirst(), rest.dropFirst())
        continue
      }
      if text.isEmpty, pattern.isEmpty { return true }
      guard let (rest, behind) = again, !rest.isEmpty else { return false }
      again = (rest.dropFirst(), behind)
      (text, pattern) = (rest.dropFirst(), behind)
    }
  }

  /// A value as people read it: options by their labels, where they have some.
  package func label(of value: RowValue) -> String {
    switch (type, value) {
    case (.choice, .integer(let option)), (.boolean, .integer(let option)):
      return titles[Int(option)] ?? text(of: value)
    case (.choices, .text(let list)):
      let labels = list.split(separator: ",").map { option in
        Int(option).flatMap { titles[$0] } ?? String(option)
      }
      // As they are read again.
      return labels.count == 1
        ? labels[0] : labels.map { $0.contains(";") ? "\"\($0)\"" : $0 }.joined(separator: ";")
    default: return text(of: value)
    }
  }
}

extension Table {
  /// The column that alone is displayed by a name; blanks and case do not count.
  package func column(displayedAs name: String) -> Column? {
    func bare(_ text: String) -> String { text.lowercased().filter { $0 != " " } }
    let shown = columns.filter { $0.displayName.map { bare($0) } == bare(name) }
    return shown.count == 1 ? shown[0] : nil
  }

  /// What a column is displayed as, where it can be found by that again; its own name otherwise.
  package func title(of path: RowQuery.ColumnPath) -> String {
    guard path.alias == nil, let title = column(path.column)?.displayName,
      title.lowercased() != "versionnumber", column(title.lowercased()) == nil,
      !title.contains(where: { ".:".contains($0) }), column(displayedAs: title)?.name == path.column
    else { return path.name }
    return title
  }
}
