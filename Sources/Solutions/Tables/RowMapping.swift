/// Values that go from one column of a table to another, row by row: what the stage window is for.
package struct RowMapping: Equatable, Sendable {
  package let target: String
  package let source: String
  /// Spellings of the source and what they become, nil for no value; what is not listed goes over as it is.
  package let values: [String: String?]

  package init(target: String, source: String, values: [String: String?] = [:]) {
    self.target = target
    self.source = source
    self.values = values
  }
}

/// A mapping of columns that are there and may fit: what is left to say is said of each value.
package struct ColumnMapping: Equatable, Sendable {
  package let target: Column
  package let source: Column
  private let becoming: [String: String?]

  /// What a value of the source is in the target; nothing is no value.
  package func value(of old: RowValue) throws(RowProblem) -> RowValue {
    if source.type.storage == .blob, target.type.storage == .blob { return old }
    let spelling = source.text(of: old)
    let wanted = becoming[spelling] ?? spelling
    guard let wanted else {
      if target.isSystemRequired { throw RowProblem("\(target.name) is required by the system") }
      return .null
    }
    return try target.value(of: wanted == spelling ? plain(old, spelling) : wanted)
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
  /// - Throws: `QueryError` for columns that are not there; `RowsRefused` for what cannot be done whatever is in the rows.
  package func judged(_ mappings: [RowMapping]) throws -> [ColumnMapping] {
    var targets: Set<String> = []
    return try mappings.map { mapping in
      guard targets.insert(mapping.target).inserted else {
        throw RowsRefused("\(mapping.target) is the target of two mappings")
      }
      return try ColumnMapping(mapping, in: self)
    }
  }
}

extension ColumnMapping {
  fileprivate init(_ mapping: RowMapping, in table: Table) throws {
    func column(_ name: String) throws -> Column {
      guard let found = table.column(name) else {
        throw QueryError(description: "the table \(table.name) has no column \(name)")
      }
      return found
    }
    (source, target) = (try column(mapping.source), try column(mapping.target))
    if target.type == .primaryKey || ["versionnumber", "modifiedon"].contains(target.name) {
      throw RowsRefused("\(target.name) is written by the environment")
    }
    guard !target.isComputed else {
      throw RowsRefused("\(target.name) is calculated by the platform")
    }
    if case .lookup(let targets) = target.type {
      guard case .lookup(let sources) = source.type, Set(sources).isSubset(of: targets) else {
        throw RowsRefused(
          "\(source.name) does not lead where \(target.name) does: "
            + "\(targets.joined(separator: ", "))"
        )
      }
    } else if mapping.values.isEmpty, !source.type.mayBecome(target.type) {
      throw RowsRefused(
        "no value of \(source.name), which is of the type \(source.type.title), is one of "
          + "\(target.name), which is of the type \(target.type.title)",
        remedy: .mapValues
      )
    }
    var becoming: [String: String?] = [:]
    for (old, new) in mapping.values {
      do throws(RowProblem) {
        becoming[source.text(of: try source.meaning(of: old))] = .some(new)
      } catch {
        throw RowsRefused("the mapping of \(source.name): \(error.message)")
      }
    }
    self.becoming = becoming
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
