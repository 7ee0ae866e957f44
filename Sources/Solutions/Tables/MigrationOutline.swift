/// What a file of the Configuration Migration tool is about to hold.
package struct MigrationOutline: Sendable {
  package struct Table: Sendable {
    package let table: Solutions.Table
    /// Sorted by name, the primary key among them.
    package let columns: [Column]
    package let pairs: [Pairs]

    package init(table: Solutions.Table, columns: [Column], pairs: [Pairs]) {
      self.table = table
      self.columns = columns
      self.pairs = pairs
    }
  }

  /// A many-to-many relationship, under the table that is its first end.
  package struct Pairs: Sendable {
    package let intersect: Solutions.Table
    /// Columns of the intersect table.
    package let source, target: String
    package let targetTable, targetKey: String

    package init(
      intersect: Solutions.Table,
      source: String,
      target: String,
      targetTable: String,
      targetKey: String
    ) {
      self.intersect = intersect
      self.source = source
      self.target = target
      self.targetTable = targetTable
      self.targetKey = targetKey
    }
  }

  /// Those that others lead to come first.
  package let tables: [Table]
  /// When the environment was changed last.
  package let moment: Timestamp

  package init(tables: [Table], moment: Timestamp) {
    self.tables = tables
    self.moment = moment
  }
}

/// Takes the rows of a file of the Configuration Migration tool, in its order.
package protocol MigrationTaking: AnyObject {
  func begin(_ outline: MigrationOutline) throws
  func begin(_ table: MigrationOutline.Table) throws
  func take(_ record: MigrationData.Record) throws
  func endRecords() throws
  func take(_ targets: [String], pairedWith source: String, by pairs: MigrationOutline.Pairs) throws
  func endTable() throws
  func endData() throws
  /// Content of a file, by the id that a field has as its value.
  func take(file: String, _ bytes: [UInt8]) throws
}

/// What was written.
package struct MigrationExported: Equatable, Sendable {
  /// Rows by table, pairs by intersect table.
  package var rows: [String: Int] = [:]
  package var pairs: [String: Int] = [:]
  /// What is not in the file, in words.
  package var notes: [String] = []

  package init() {}
}

extension Column {
  /// What the tool calls its type.
  package var migrationType: String {
    switch type {
    case .primaryKey, .uniqueIdentifier: "guid"
    case .text, .other: "string"
    case .integer: "number"
    case .bigInteger: "bigint"
    case .decimal: "decimal"
    case .float: "float"
    case .boolean: "bool"
    case .choice: name == "statecode" ? "state" : name == "statuscode" ? "status" : "optionsetvalue"
    case .choices: "optionsetvaluecollection"
    case .dateTime: "datetime"
    case .lookup: name == "ownerid" ? "owner" : "entityreference"
    case .file: "filedata"
    case .image: "imagedata"
    }
  }

  /// A value as the tool spells it, not yet as XML; nil where there is none.
  package func migrationText(of value: RowValue) -> String? {
    guard value != .null else { return nil }
    let text = text(of: value)
    switch type {
    case .text: return Self.escaped(text)
    case .boolean: return text == "true" ? "True" : "False"
    case .choices:
      return
        "[\((["-1"] + text.split(separator: ";").map(String.init) + ["-1"]).joined(separator: ","))]"
    case .dateTime:
      if text.utf8.count == 10 { return "\(text)T00:00:00.0000000Z" }
      return text.hasSuffix("Z") ? "\(text.dropLast()).0000000Z" : "\(text).0000000"
    default: return text
    }
  }

  /// As HTML, which the tool makes XML of once more; also what XML cannot hold.
  private static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isEscaped($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default:
        if isEscaped(scalar) {
          result += "&#\(scalar.value);"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x22, 0x26, 0x27, 0x3C, 0x3E, 0x7F...0xFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}

extension [MigrationOutline.Table] {
  /// Those that others lead to first; in circles by name.
  package var parentsFirst: [MigrationOutline.Table] {
    let names = Set(map(\.table.name))
    var rest = sorted { $0.table.name < $1.table.name }
    var sorted: [MigrationOutline.Table] = []
    var done: Set<String> = []
    while !rest.isEmpty {
      let free = rest.firstIndex { table in
        table.columns.allSatisfy { column in
          guard case .lookup(let targets) = column.type else { return true }
          return targets.allSatisfy {
            !names.contains($0) || done.contains($0) || $0 == table.table.name
          }
        }
      }
      let next = rest.remove(at: free ?? 0)
      done.insert(next.table.name)
      sorted.append(next)
    }
    return sorted
  }
}
