/// Values that go from one column of a table to another, row by row: what the stage window is for.
package struct RowMapping: Equatable, Sendable {
  package let target: String
  /// A column, or `LOOKUP.COLUMN` of the row that a lookup leads to.
  package let source: String
  /// Spellings of the source and what they become, nil for no value; what is not listed goes over as it is.
  package let values: [String: String?]
  /// Numbers with more places than the target keeps are rounded, half away from zero.
  package let rounds: Bool
  /// Texts that are longer than the target keeps are cut.
  package let cuts: Bool

  package init(
    target: String,
    source: String,
    values: [String: String?] = [:],
    rounds: Bool = false,
    cuts: Bool = false
  ) {
    self.target = target
    self.source = source
    self.values = values
    self.rounds = rounds
    self.cuts = cuts
  }
}

/// A mapping of columns that are there and may fit: what is left to say is said of each value.
package struct ColumnMapping: Equatable, Sendable {
  package let target: Column
  package let source: Column
  package let path: RowQuery.ColumnPath
  private let becoming: [String: String?]
  private let rounds: Bool
  private let cuts: Bool

  /// Texts name the rows that the target leads to.
  package var isByName: Bool {
    if case .lookup = target.type, case .text = source.type { true } else { false }
  }

  /// What a value of the source is in the target; nothing is no value, and a name stays one.
  package func value(
    of old: RowValue
  ) throws(RowProblem) -> (value: RowValue, isAltered: Bool) {
    if source.type.storage == .blob, target.type.storage == .blob { return (old, false) }
    let spelling = source.text(of: old)
    let wanted = becoming[spelling] ?? spelling
    guard let wanted else {
      if target.isSystemRequired || ["statecode", "statuscode"].contains(target.name) {
        throw RowProblem("\(target.name) is required by the system")
      }
      return (.null, false)
    }
    if isByName { return (.text(wanted), false) }
    let text = wanted == spelling ? plain(old, spelling) : wanted
    let fitted = fitted(text)
    return (try target.value(of: fitted ?? text), fitted != nil)
  }

  /// A value without what the target does not keep of it; nil where it is as it was.
  private func fitted(_ text: String) -> String? {
    func rounded(_ places: Int) -> String? {
      guard rounds, let number = DecimalText(text), number.places > places else { return nil }
      return number.rounded(to: places).description
    }
    let type = target.type
    switch type {
    case .integer, .bigInteger: return rounded(0)
    case .decimal(let places, _, _): return rounded(places)
    case .text(let lengthMax?) where cuts && text.utf16.count > lengthMax:
      var (kept, length) = ("", 0)
      for character in text {
        length += character.utf16.count
        guard length <= lengthMax else { break }
        kept.append(character)
      }
      return kept
    default: return nil
    }
  }

  /// Floats that are whole are spelled as whole numbers are.
  private func plain(_ old: RowValue, _ spelling: String) -> String {
    guard case .real(let number) = old, target.type.storage == .integer,
      let whole = Int64(exactly: number)
    else { return spelling }
    return String(whole)
  }
}

extension Table {
  /// Mappings of its columns, judged before a row is read.
  ///
  /// - Parameter other: a table that a lookup leads to.
  /// - Throws: `QueryError` for columns that are not there; `RowsRefused` for what cannot be done whatever is in the rows.
  package func judged(
    _ mappings: [RowMapping],
    other: (String) throws -> Table?
  ) throws -> [ColumnMapping] {
    var targets: Set<String> = []
    return try mappings.map { mapping in
      guard targets.insert(mapping.target).inserted else {
        throw RowsRefused("\(mapping.target) is the target of two mappings")
      }
      return try ColumnMapping(mapping, in: self, other)
    }
  }
}

extension ColumnMapping {
  fileprivate init(
    _ mapping: RowMapping,
    in table: Table,
    _ other: (String) throws -> Table?
  ) throws {
    func column(_ name: String) throws -> Column {
      guard let found = table.column(name) else {
        throw QueryError(description: "the table \(table.name) has no column \(name)")
      }
      return found
    }
    let path = RowQuery.ColumnPath(written: mapping.source)
    self.path = path
    (rounds, cuts) = (mapping.rounds, mapping.cuts)
    source =
      try path.alias.map { try Self.column(path.column, behind: try column($0), other) }
      ?? column(path.column)
    target = try column(mapping.target)
    if target.type == .primaryKey || ["versionnumber", "modifiedon"].contains(target.name) {
      throw RowsRefused("\(target.name) is written by the environment")
    }
    guard !target.isComputed else {
      throw RowsRefused("\(target.name) is calculated by the platform")
    }
    if case .lookup(let targets) = target.type {
      switch source.type {
      case .lookup(let sources) where Set(sources).isSubset(of: targets): break
      case .text: break
      default:
        throw RowsRefused(
          "\(path.name) does not lead where \(target.name) does: "
            + "\(targets.joined(separator: ", "))"
        )
      }
    } else if mapping.values.isEmpty, !source.type.mayBecome(target.type) {
      throw RowsRefused(
        "no value of \(path.name), which is of the type \(source.type.title), is one of "
          + "\(target.name), which is of the type \(target.type.title)",
        remedy: .mapValues
      )
    }
    var becoming: [String: String?] = [:]
    for (old, new) in mapping.values {
      do throws(RowProblem) {
        becoming[source.text(of: try source.meaning(of: old))] = .some(new)
      } catch {
        throw RowsRefused("the mapping of \(path.name): \(error.message)")
      }
    }
    self.becoming = becoming
  }

  private static func column(
    _ name: String,
    behind lookup: Column,
    _ other: (String) throws -> Table?
  ) throws -> Column {
    guard case .lookup(let targets) = lookup.type else {
      throw QueryError(description: "\(lookup.name) is no lookup")
    }
    let found = try targets.compactMap { try other($0)?.column(name) }
    guard found.count == 1 else {
      let what = found.isEmpty ? "no table" : "several tables"
      throw QueryError(description: "\(lookup.name) leads to \(what) with a column \(name)")
    }
    return found[0]
  }
}

extension ColumnType {
  /// Whether some value of one type may be a value of another, as it is.
  fileprivate func mayBecome(_ target: ColumnType) -> Bool {
    switch target {
    case .other, .primaryKey: false
    case .file, .image: isText || storage == .blob
    case .text: storage != .blob
    case .dateTime:
      if case .dateTime = self { true } else { isText }
    case .uniqueIdentifier:
      switch self {
      case .uniqueIdentifier, .primaryKey, .lookup: true
      default: isText
      }
    case .lookup:
      if case .lookup = self { true } else { false }
    case .integer, .bigInteger, .decimal, .float, .boolean, .choice, .choices:
      isText || isNumber || self == target || self == .boolean && target.isChoice
    }
  }

  private var isText: Bool { if case .text = self { true } else { false } }

  private var isChoice: Bool {
    switch self {
    case .choice, .choices: true
    default: false
    }
  }

  private var isNumber: Bool {
    switch self {
    case .integer, .bigInteger, .decimal, .float: true
    default: isChoice
    }
  }
}
